import { checker } from './check.js';
import * as build from '../dist/author.glue.js';
import { loader } from './load.js';
import * as source from './source.js';

const { load, instances } = loader(build, () => new URL('../dist/author.wasm', import.meta.url), source);
const check = checker(instances);

export { check, load };
export { Engine, Session, ThutucError } from './engine.js';
