import type { Engine, Lang, WasmSource } from './evaluate.js';

export * from './evaluate.js';

/** A problem in a rule file. Lines and columns from 1; `utf16` columns count as editors do. */
export interface Diagnostic {
  code: string;
  severity: 'error' | 'warning';
  file?: string;
  line?: number;
  column?: number;
  utf16?: number;
  endLine?: number;
  endColumn?: number;
  endUtf16?: number;
  message: string;
  label?: string;
  help: string | null;
  related: Array<Partial<Pick<Diagnostic, 'file' | 'line' | 'column' | 'utf16' | 'endLine' | 'endColumn' | 'endUtf16'>> & { label: string }>;
}

/** What came of rule files; no bundle and no engine if one of the diagnostics is an error. */
export interface Checked {
  diagnostics: Diagnostic[];
  bundle: Uint8Array | null;
  engine: Engine | null;
}

/** Reads and checks rule files, texts by their names. */
export function check(files: Record<string, string>, options?: { drafts?: string[]; wasm?: WasmSource; lang?: Lang }): Promise<Checked>;
