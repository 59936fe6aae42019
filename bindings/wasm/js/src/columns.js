import * as build from '../dist/columns.glue.js';
import { loader } from './load.js';
import * as source from './source.js';
import { ColumnsEngine } from './table.js';

const { load } = loader(build, () => new URL('../dist/columns.wasm', import.meta.url), source, ColumnsEngine);

export { load };
export { Columns, ColumnsEngine as Engine } from './table.js';
export { Session, ThutucError } from './engine.js';
