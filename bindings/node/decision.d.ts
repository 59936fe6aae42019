// The types of `wire` in the engine.

/** A day, `YYYY-MM-DD`. */
export type Day = string
/** A number as exact text. */
export type Exact = string
export type ConditionStatus = 'met' | 'unmet' | 'undetermined' | 'not_applicable'
export type Overall = 'met' | 'unmet' | 'undetermined'
export type DocumentStatus = 'required' | 'provided' | 'reused' | 'not_required' | 'undetermined'
export type Outcome = 'accept' | 'refuse' | 'ask'

export interface Decision {
  procedure: string
  asOf: Day
  jurisdiction?: string
  pack: { id: string; version: string; hash: string }
  outcome: Outcome
  eligibility: { status: Overall; conditions: Condition[] }
  identity: { status: Overall; requiredLevel: number | null; checks: Condition[] }
  documents: Document[]
  fees: { status: 'determined' | 'undetermined'; total: number | null; currency: string; items: Fee[] }
  deadline: Deadline | null
  missing: Missing[]
  next: string | null
  problems: Problem[]
  gaps: LawGap[]
}
export interface Cited {
  instrument: string
  title: string
  text: string
  confidence: 'verified' | 'recalled' | 'uncertain'
}
export type Told = null | boolean | string | Told[] | { [name: string]: Told }
export interface KnownFact {
  fact: string
  value: Told
}
export interface Condition {
  id: string
  status: ConditionStatus
  message: string | null
  wanted: string | null
  citations: Cited[]
  because: KnownFact[]
}
export interface Document {
  id: string
  status: DocumentStatus
  name: string
  form: 'original' | 'copy' | 'certified_copy' | 'present' | 'e_form' | 'declaration'
  copies: { original: number; copy: number }
  anyOf: { id: string; name: string }[]
  reuseSource: string | null
  citations: Cited[]
  because: KnownFact[]
}
export interface Fee {
  id: string
  name: string
  amount: number | null
  row: string | null
  calculation: { unit: Exact; times: Exact | null; before: Exact } | null
  reduction: { id: string; name: string; off: Exact } | null
  citations: Cited[]
  because: KnownFact[]
}
export interface Deadline {
  id: string | null
  status: 'determined' | 'provisional' | 'undetermined'
  period: string | null
  startsOn: Day | null
  dueOn: Day | null
  dueAt: string | null
  counted: number
  skipped: { date: Day; reason: string }[]
  pauses: { from: Day; until: Day }[]
  message: string | null
  citations: Cited[]
  because: KnownFact[]
}
export interface Missing {
  fact: string
  neededBy: string[]
  now: boolean
}
export interface Problem {
  fact: string
  code: string
  message: string
}
export interface LawGap {
  id: string
  message: string
  neededBy: string[]
  citations: Cited[]
}
export interface Verdict {
  outcome: Outcome
  unmet: string[]
  undetermined: string[]
  documents: string[]
  fee: number | null
  dueOn: Day | null
  provisional: boolean
  problems?: Problem[]
}
/** What a form told the applicant; what is absent or null was not promised. */
export interface Promised {
  packHash?: string | null
  fee?: number | null
  documents?: string[] | null
  dueOn?: Day | null
}
/** An RFC 9457 problem document. A submission that is not taken has the members from `unmet` on. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  code: string
  near?: string
  errors?: Problem[]
  diagnostics?: Diagnostic[]
  unmet?: Condition[]
  missing?: Missing[]
  documents?: Document[]
  gaps?: LawGap[]
  differences?: { part: 'packHash' | 'fee' | 'documents' | 'dueOn'; promised: unknown; decided: unknown; message: string }[]
  decision?: Decision
}
/** What is wrong with a rule file; lines and columns from 1. */
export interface Diagnostic {
  code: string
  severity: 'error' | 'warning'
  file?: string
  line?: number
  column?: number
  utf16?: number
  endLine?: number
  endColumn?: number
  endUtf16?: number
  message: string
  label?: string
  help: string | null
  related: { file?: string; line?: number; column?: number; label: string }[]
}
export interface ProcedureView {
  code: string
  name: string
  summary: string | null
  field: string
  authority: string
  onlineService: string
  from: Day | null
  until: Day | null
  jurisdictions: string[]
  notes: string[]
}
export type FactView = { name: string; optional: boolean; hasDefault: boolean; label: string; help: string | null } & (
  | { type: 'boolean' | 'time' | 'datetime' }
  | { type: 'number'; min: Exact | null; max: Exact | null; decimals: number | null; unit: string | null }
  | { type: 'enum' | 'set'; values: [code: string, label: string][] }
  | { type: 'date'; min: Day; max: Day }
  | { type: 'text'; maxLength: number; personalId: boolean }
  | { type: 'texts'; maxItems: number }
  | { type: 'list'; fields: FactView[]; maxItems: number }
)
