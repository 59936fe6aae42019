import type { Engine, WasmSource } from './evaluate.js';
import type { Diagnostic, Lang } from './wire.js';

export * from './evaluate.js';

/** What came of rule files; no bundle and no engine if one of the diagnostics is an error. */
export interface Checked {
  diagnostics: Diagnostic[];
  bundle: Uint8Array | null;
  engine: Engine | null;
}

/** Reads and checks rule files, texts by their names. */
export function check(files: Record<string, string>, options?: { drafts?: string[]; wasm?: WasmSource; lang?: Lang }): Promise<Checked>;
