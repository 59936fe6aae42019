import * as build from '../dist/evaluate.glue.js';
import { loader } from './load.js';
import * as source from './source.js';

const { load } = loader(build, () => new URL('../dist/evaluate.wasm', import.meta.url), source);

export { load };
export { Engine, Session, ThutucError } from './engine.js';
