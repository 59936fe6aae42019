// The types of core/src/wire. Generated: `make types`.

/** One of several papers that will do. */
export interface Alternative {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
}

/** What is owed when the file is late. */
export interface Apology {
  /** The rule's id; null while it is open which applies. */
  id: string | null;
  /** Whether it is owed. */
  status: ApologyStatus;
  /** The last day on which it is in time; null where the law does not say. */
  by: Day | null;
  /** The form it is written on, or how it is sent. */
  form: string | null;
  /** How many re-appointments are permitted; null where the law does not say. */
  permitted: number | null;
  /** How many there were. */
  used: number;
  /** What is to be done. */
  message: string | null;
  /** What of the law is not known. */
  unknown: string | null;
  /** Its legal basis. */
  citations: Citation[];
}

/** Whether an apology is owed. */
export type ApologyStatus =
  /** The file is on time. */
  | 'not_needed'
  /** It is owed, and another day is promised with it. */
  | 'due'
  /** It is owed, and no further day may be promised. */
  | 'exhausted'
  /** Not known. */
  | 'undetermined';

/** A count, or the bounds within which it lies. */
export interface AssessmentBounds {
  /** At least. */
  least: number;
  /** At most. */
  most: number;
}

/** A record whose change would help. */
export interface AssessmentCandidate {
  /** What names the record; null while that is missing. */
  record: string | null;
  /** What changing it costs; null while that is open. */
  effort: Exact | null;
  /** Whether it is known that the change is still to be made; if not, it may have been made already. */
  certain: boolean;
  /** What is shown of it. */
  values: (string | null)[];
}

/** What leaves records open: a fact that is missing, or law that is not known. */
export interface AssessmentCause {
  /** The fact; null where it is law. */
  fact: string | null;
  /** What it is, or why the law is not known. */
  message: string;
  /** In how many records. */
  records: number;
  /** On what it rests that law is not known. */
  citations: Citation[];
}

/** A class of all points together. */
export interface AssessmentClass {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The least points; null where that law is not known. */
  atLeast: Exact | null;
  /** On what it rests. */
  citations: Citation[];
}

/** A value that is shown of records. */
export interface AssessmentColumn {
  /** The fact, definition or expression. */
  name: string;
  /** What it is. */
  label: string;
}

/** By what records are grouped. */
export interface AssessmentDimension {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
}

/** Points within which a score lies. */
export interface AssessmentEstimate {
  /** At least. */
  low: Exact | null;
  /** At most. */
  high: Exact | null;
}

/** A fact that is missing in some records. */
export interface AssessmentFact {
  /** The fact. */
  fact: string;
  /** What it is. */
  label: string;
  /** In how many records it is missing. */
  records: number;
}

/** A measure of a group. */
export interface AssessmentFigure {
  /** The measure. */
  measure: string;
  /** At least; a rate in percent to 4 places, rounded down where it differs from `high`. Null: no bound, or nothing to count. */
  low: Exact | null;
  /** At most, rounded up where it differs from `low`. */
  high: Exact | null;
  /** Of a count and a rate: for how many records it holds. */
  holds: AssessmentBounds | null;
  /** Of a rate: of how many records. */
  of: AssessmentBounds | null;
  /** How many records leave it open. */
  undecided: number;
  /** What is missing in them. */
  because: AssessmentCause[];
  /** How it stands to its target. */
  target: AssessmentStanding | null;
}

/** A target to be reached by changing records. */
export interface AssessmentGoal {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The measure it reaches. */
  measure: string;
  /** What the effort means. */
  effort: string;
  /** What is shown of each record. */
  columns: AssessmentColumn[];
  /** The records whose change would help, those that cost least first. */
  candidates: AssessmentCandidate[];
}

/** A group. */
export interface AssessmentGroup {
  /** Its code or text; null for what has none. */
  id: string | null;
  /** What it is called. */
  label: string;
}

/** Records that are listed. */
export interface AssessmentList {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** What is shown of each record. */
  columns: AssessmentColumn[];
  /** The records. */
  rows: AssessmentListed[];
  /** On what it rests. */
  citations: Citation[];
}

/** A record in a list. */
export interface AssessmentListed {
  /** What names the record; null while that is missing. */
  record: string | null;
  /** Whether it surely belongs there; if not, missing facts or unknown law decide. */
  certain: boolean;
  /** What is shown of it, as text; null for what is null or open. */
  values: (string | null)[];
}

/** What is counted. */
export interface AssessmentMeasure {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** What it counts. */
  kind: MeasureKind;
  /** What the rate should at least be, in percent; null where nothing is wanted, or that law is not known. */
  target: Exact | null;
  /** On what it rests. */
  citations: Citation[];
}

/** What a goal needs in a group. */
export interface AssessmentNeed {
  /** How many more records; null where the target is not known. */
  needed: AssessmentBounds | null;
  /** What the chosen ones cost together; null where one is open. */
  effort: Exact | null;
  /** The records to change, enough whatever is open: places in the goal's candidates, those that cost least first. */
  chosen: number[];
}

/** The points of a group for a score. */
export interface AssessmentPoints {
  /** The score. */
  score: string;
  /** At least, to 4 places, rounded down. */
  low: Exact | null;
  /** At most, rounded up. */
  high: Exact | null;
  /** What they would be under the assumption of the score; no law says so. */
  estimate: AssessmentEstimate | null;
}

/** What did not fit in records. */
export interface AssessmentProblem {
  /** The fact, with the place in it. */
  fact: string;
  /** What kind of problem. */
  code: string;
  /** What is wrong and how to mend it, in the first record that has it. */
  message: string;
  /** The number of that record, from 1. */
  first: number;
  /** How many records have it. */
  records: number;
}

/** What an assessment says of some records. */
export interface AssessmentReport {
  /** The assessment's id. */
  assessment: string;
  /** Its name. */
  name: string;
  /** What it is for. */
  summary: string | null;
  /** What one record is. */
  record: string;
  /** The day of the report. */
  asOf: Day;
  /** Which rules were used. */
  pack: PackRef;
  /** How many records there are. */
  records: number;
  /** Facts that are missing in some records. */
  missing: AssessmentFact[];
  /** What did not fit in records; such facts count as missing. */
  problems: AssessmentProblem[];
  /** What is counted. */
  measures: AssessmentMeasure[];
  /** Points given for measures. */
  scores: AssessmentScore[];
  /** Classes of all points together, in the order of the rules. */
  classes: AssessmentClass[];
  /** By what records are grouped. */
  dimensions: AssessmentDimension[];
  /** The tables; the first has all records in one row. */
  tables: AssessmentTable[];
  /** Records that are listed. */
  lists: AssessmentList[];
  /** Targets to be reached by changing records. */
  goals: AssessmentGoal[];
  /** Traps. */
  notes: string[];
}

/** The records of a group. */
export interface AssessmentRow {
  /** The group in each dimension. */
  groups: AssessmentGroup[];
  /** How many records. */
  records: AssessmentBounds;
  /** The measures, in the order of the report's. */
  figures: AssessmentFigure[];
  /** The points, in the order of the report's scores. */
  points: AssessmentPoints[];
  /** All points together. */
  total: AssessmentTotal | null;
  /** What each goal needs here, in the order of the report's goals; null where its measure is not in force. */
  goals: (AssessmentNeed | null)[];
}

/** Points given for measures. */
export interface AssessmentScore {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The most points; null where that law is not known. */
  max: Exact | null;
  /** Why it is not known how the points follow, where it is not. */
  unknown: string | null;
  /** The assumption under which points are estimated. */
  assuming: string | null;
  /** On what it rests. */
  citations: Citation[];
}

/** How a rate stands to its target. */
export interface AssessmentStanding {
  /** Whether it is reached. */
  status: TargetStatus;
  /** For how many more records it must come to hold. */
  needed: AssessmentBounds | null;
}

/** A table: a row a group. */
export interface AssessmentTable {
  /** The ids of its dimensions; none: all records in one row. */
  dimensions: string[];
  /** Its rows. */
  rows: AssessmentRow[];
}

/** All points of a group together. */
export interface AssessmentTotal {
  /** The most. */
  max: Exact | null;
  /** At least. */
  low: Exact | null;
  /** At most. */
  high: Exact | null;
  /** The class of the least and that of the most points: ids; one class if they are equal. */
  classes: (string | null)[];
  /** What they would be under the assumptions of the scores; a score without one counts as open. */
  estimate: AssessmentEstimate | null;
  /** The classes of the estimate. */
  estimatedClasses: (string | null)[];
}

/** An authority and the days it decides. */
export interface Authority {
  /** Its name. */
  name: string;
  /** The first day; null: ever. */
  from: Day | null;
  /** The last day; null: for good. */
  until: Day | null;
}

/** How an amount came about; in JSON as exact text. */
export interface Calculation {
  /** One unit, after floor and cap. */
  unit: Exact;
  /** How many units. */
  times: Exact | null;
  /** Before reductions and rounding. */
  before: Exact;
}

/** A cell. */
export type Cell = null | string | number | Day;

/** What the cells of a column are, where they are not null. */
export type CellKind =
  /** Texts. */
  | 'text'
  /** Integers. */
  | 'integer'
  /** Exact decimals as texts. */
  | 'decimal'
  /** Days. */
  | 'date';

/** A citation in the language asked for. */
export interface Citation {
  /** The instrument's number. */
  instrument: string;
  /** The instrument's title. */
  title: string;
  /** Instrument and place in words. */
  text: string;
  /** How sure it is. */
  confidence: Confidence;
}

/** What a reform changes, in tables. */
export interface Comparison {
  /** The procedure's code. */
  procedure: string;
  /** Its name. */
  name: string;
  /** The jurisdiction; null: everywhere. */
  jurisdiction: string | null;
  /** The day the law is read; null where each case has its own. */
  asOf: Day | null;
  /** The rules before. */
  baseline: PackRef;
  /** The rules after. */
  reform: PackRef;
  /** How many cases were decided. */
  cases: number;
  /** What the cases are grouped by: the first columns of most tables. */
  by: string[];
  /** The tables: `summary`, `outcomes`, `fees`, `distribution`, `documents`, `deadlines`, `changed`, `samples`. */
  tables: ResultTable[];
}

/** A condition or a check. */
export interface Condition {
  /** Its id. */
  id: string;
  /** Its status. */
  status: ConditionStatus;
  /** What is wrong, where it is not met. */
  message: string | null;
  /** What would have to change, where it is not met. */
  wanted: string | null;
  /** Its legal basis. */
  citations: Citation[];
  /** The facts that decided it. */
  because: KnownFact[];
}

/** The status of a condition. */
export type ConditionStatus =
  /** It is met. */
  | 'met'
  /** It is not. */
  | 'unmet'
  /** Not settled. */
  | 'undetermined'
  /** It does not apply. */
  | 'not_applicable';

/** How sure a fact of law is. */
export type Confidence =
  /** Read in a source that is named. */
  | 'verified'
  /** From memory. */
  | 'recalled'
  /** Contradictory, incomplete or inferred. */
  | 'uncertain';

/** How many of each. */
export interface Copies {
  /** Originals. */
  original: number;
  /** Copies. */
  copy: number;
}

/** A day, `YYYY-MM-DD`. */
export type Day = string;

/** A deadline. */
export interface Deadline {
  /** Its id; null while it is open which rule applies. */
  id: string | null;
  /** How far it is known. */
  status: DeadlineStatus;
  /** The period in words. */
  period: string | null;
  /** The first day that can count. */
  startsOn: Day | null;
  /** The day it is due. */
  dueOn: Day | null;
  /** With hours, the moment. */
  dueAt: LocalDateTime | null;
  /** How many units were counted. */
  counted: number;
  /** Days that were passed over, with the reason. */
  skipped: Skipped[];
  /** Pauses that were not counted. */
  pauses: Pause[];
  /** Why it is not determined, where it is not. */
  message: string | null;
  /** Its legal basis. */
  citations: Citation[];
  /** The facts that decided which rule applies. */
  because: KnownFact[];
}

/** How far a deadline is known. */
export type DeadlineStatus =
  /** Known. */
  | 'determined'
  /** It reaches past the published days off. */
  | 'provisional'
  /** Not known. */
  | 'undetermined';

/** A whole decision. In JSON dates are ISO text in UTC+07:00, money is an integer number of đồng, other numbers are exact text. */
export interface Decision {
  /** The procedure's code. */
  procedure: string;
  /** The day the law is read. */
  asOf: Day;
  /** Which rules decided. */
  pack: PackRef;
  /** Whether the case may be filed. */
  outcome: Outcome;
  /** Conditions. */
  eligibility: Eligibility;
  /** Checks of the electronic identity. */
  identity: Identity;
  /** Papers. */
  documents: Document[];
  /** Fees. */
  fees: Fees;
  /** By when the authority must answer; null where no deadline applies. */
  deadline: Deadline | null;
  /** Facts that can still change something, in the author's order. */
  missing: MissingFact[];
  /** The fact to ask for next. */
  next: string | null;
  /** What is wrong with facts that were told. */
  problems: FactProblem[];
  /** Law that is not known and that something open rests on. */
  gaps: LawGap[];
  /** The jurisdiction whose overlay was applied, if one was. */
  jurisdiction?: string;
  /** The steps of a linked service, each after those it waits for; none for a procedure of its own. */
  linked?: LinkedStep[];
}

/** A diagnostic with its place in lines and columns. */
export interface Diagnostic {
  /** What kind of problem. */
  code: string;
  /** `error` or `warning`. */
  severity: 'error' | 'warning';
  /** One sentence. */
  message: string;
  /** A way out. */
  help: string | null;
  /** Other places that belong to it. */
  related: RelatedPlace[];
  /** Column in characters. */
  column?: number;
  /** Column of the end in characters. */
  endColumn?: number;
  /** Line of the end. */
  endLine?: number;
  /** Column of the end in UTF-16 units. */
  endUtf16?: number;
  /** The file's name. */
  file?: string;
  /** What is said under the marked text. */
  label?: string;
  /** Line. */
  line?: number;
  /** Column in UTF-16 units. */
  utf16?: number;
}

/** A part of the decision that is not what was promised. */
export interface Difference {
  /** The member of the promise. */
  part: PromisedPart;
  /** As promised. */
  promised: unknown;
  /** As decided; null where it is not settled. */
  decided: unknown;
  /** The difference in words. */
  message: string;
}

/** A paper. */
export interface Document {
  /** Its id. */
  id: string;
  /** Its status. */
  status: DocumentStatus;
  /** Its name. */
  name: string;
  /** In what form. */
  form: DocumentForm;
  /** How many. */
  copies: Copies;
  /** Papers of which any one will do instead. */
  anyOf: Alternative[];
  /** Where the state knows it from. */
  reuseSource: string | null;
  /** Its legal basis. */
  citations: Citation[];
  /** The facts that decided it. */
  because: KnownFact[];
}

/** In what form a paper is handed in. */
export type DocumentForm =
  /** The original. */
  | 'original'
  /** A plain copy. */
  | 'copy'
  /** A certified copy. */
  | 'certified_copy'
  /** Only shown. */
  | 'present'
  /** Filled in on the form online. */
  | 'e_form'
  /** Declared within another paper. */
  | 'declaration';

/** The status of a document. */
export type DocumentStatus =
  /** To be handed in. */
  | 'required'
  /** Handed in already. */
  | 'provided'
  /** The state knows it. */
  | 'reused'
  /** Not needed. */
  | 'not_required'
  /** Not settled. */
  | 'undetermined';

/** All conditions. */
export interface Eligibility {
  /** Together. */
  status: Overall;
  /** One by one. */
  conditions: Condition[];
}

/** A number as exact text. */
export type Exact = string;

/** A fact that a procedure may be told, in one language. */
export type Fact = {
  /** Its dotted name. */
  name: string;
  /** Whether null is an answer. */
  optional: boolean;
  /** Whether it has a value when it is not told. */
  hasDefault: boolean;
  /** The question. */
  label: string;
  /** More about it. */
  help: string | null;
} & (
  | {
      type: 'boolean';
    }
  | {
      type: 'number';
      /** Least value. */
      min: Exact | null;
      /** Greatest value. */
      max: Exact | null;
      /** Most decimal places. */
      decimals: number | null;
      /** Its unit. */
      unit: string | null;
    }
  | {
      type: 'enum';
      /** Codes with labels. */
      values: [string, string][];
    }
  | {
      type: 'set';
      /** Codes with labels. */
      values: [string, string][];
    }
  | {
      type: 'date';
      /** First day. */
      min: Day;
      /** Last day. */
      max: Day;
    }
  | {
      type: 'text';
      /** Most characters. */
      maxLength: number;
      /** 12 digits are wanted. */
      personalId: boolean;
    }
  | {
      type: 'time';
    }
  | {
      type: 'datetime';
    }
  | {
      type: 'texts';
      /** Most items. */
      maxItems: number;
    }
  | {
      type: 'list';
      /** The fields of each. */
      fields: Fact[];
      /** Most records. */
      maxItems: number;
    }
);

/** A problem with a fact that was told. */
export interface FactProblem {
  /** The fact, with the place in it. */
  fact: string;
  /** What kind of problem. */
  code: string;
  /** What is wrong and how to mend it. */
  message: string;
}

/** A fee. */
export interface Fee {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** Đồng; null while it is not settled. */
  amount: number | null;
  /** The row of its table that decided. */
  row: string | null;
  /** How the amount came about. */
  calculation: Calculation | null;
  /** The reduction that applied. */
  reduction: Reduction | null;
  /** Its legal basis, that of the row and of the reduction included. */
  citations: Citation[];
  /** The facts that decided it. */
  because: KnownFact[];
}

/** All fees. */
export interface Fees {
  /** Whether they are settled. */
  status: FeesStatus;
  /** The total in đồng; null while a fee is not settled. */
  total: number | null;
  /** Always `VND`. */
  currency: 'VND';
  /** Fees that are due or not settled. */
  items: Fee[];
}

/** Whether the fees are settled. */
export type FeesStatus =
  /** They are. */
  | 'determined'
  /** A fee is not. */
  | 'undetermined';

/** All identity checks. */
export interface Identity {
  /** Together. */
  status: Overall;
  /** The level that is needed, 0 for none; null while that is open. */
  requiredLevel: number | null;
  /** One by one. */
  checks: Condition[];
}

/** A fact that decided something. */
export interface KnownFact {
  /** Its name. */
  fact: string;
  /** Its value as the host told it. */
  value: Told;
}

/** The language of the answer. */
export type Lang =
  | 'vi'
  | 'en';

/** Law that is not known. */
export interface LawGap {
  /** The parameter, definition, fee or deadline. */
  id: string;
  /** Why it is not known. */
  message: string;
  /** The parts that need it. */
  neededBy: string[];
  /** On what basis that is said. */
  citations: Citation[];
}

/** Why a service is not full. */
export interface LevelReason {
  /** The requirement that is not met. */
  id: string;
  /** The level it comes to. */
  level: OnlineService;
  /** The reason by law. */
  message: string | null;
  /** Why it is so for this procedure. */
  why: string[];
  /** Whether it is so in some cases only. */
  inSomeCases: boolean;
  /** The legal basis of the requirement and of what is declared. */
  citations: Citation[];
}

/** Asks for the level of online service, as JSON. */
export interface LevelRequest {
  /** The day the law is read, `YYYY-MM-DD`. */
  asOf: Day;
  /** Facts of a case: what holds in some cases only counts if this can be one of them. */
  facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  lang?: Lang | null;
  /** One procedure; absent: all that are in force on the day. */
  procedure?: string | null;
}

/** How far a step of a linked service can go. */
export type LinkedOutcome =
  /** It can be carried out. */
  | 'accept'
  /** A condition of its own is not met. */
  | 'refuse'
  /** A question is left. */
  | 'ask'
  /** A step it waits for, or the submission as a whole, is refused. */
  | 'not_started'
  /** It is not asked for. */
  | 'not_applicable';

/** A step of a linked service: a procedure that the submission triggers with others. */
export interface LinkedStep {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The code of the procedure it carries out; null where only the step itself is known. */
  procedure: string | null;
  /** Who carries it out. */
  authority: string | null;
  /** What it makes, where later steps use it. */
  result: string | null;
  /** How far it can go. */
  outcome: LinkedOutcome;
  /** The steps that must be done before it. */
  after: string[];
  /** Its conditions and checks that are not met: `eligibility.residence_consent`. */
  unmet: string[];
  /** Its papers that are wanted, by their ids; a paper of several steps is of each. */
  documents: string[];
  /** Its fees that are due or not settled, by their ids. */
  fees: string[];
  /** By when it ends if it and those before it take all the time they may; null where it is not carried out. */
  limit: Deadline | null;
  /** Why it is not carried out, or what its refusal means for the others. */
  message: string | null;
  /** Its legal basis. */
  citations: Citation[];
  /** The facts that decided whether it is carried out. */
  because: KnownFact[];
}

/** A day and a time in Vietnam (UTC+07:00), `YYYY-MM-DDTHH:MM` or with seconds. */
export type LocalDateTime = string;

/** What a measure counts. */
export type MeasureKind =
  /** Records. */
  | 'count'
  /** A sum. */
  | 'sum'
  /** A share in percent. */
  | 'rate';

/** A fact that can still change something. */
export interface MissingFact {
  /** Its name. */
  fact: string;
  /** The parts that need it: `eligibility.rent_area`, `fees.registration`, `deadline`, … */
  neededBy: string[];
  /** Whether it matters whatever else is answered first. */
  now: boolean;
}

/** Everything that is against a submission, and what was decided: a problem document with members of its own. */
export interface Objection {
  /** `https://thutuc.dev/problems/` and the code. */
  type: string;
  /** The kind of problem in a few words. */
  title: string;
  /** The HTTP status a backend answers with. */
  status: number;
  /** What is wrong this time and what to do about it. */
  detail: string;
  /** The kind of problem as a name, the last part of `type`. */
  code: string;
  /** Conditions and checks that are not met. */
  unmet: Condition[];
  /** Facts that are missing. */
  missing: MissingFact[];
  /** Documents that are required and were not handed in. */
  documents: Document[];
  /** Law that is not known. */
  gaps: LawGap[];
  /** Where the decision is not what was promised. */
  differences: Difference[];
  /** The decision. */
  decision: Decision;
  /** The facts that do not fit. */
  errors?: FactProblem[];
  /** The name nearest to the one that is not known. */
  near?: string;
}

/** How much of a procedure is online, the least first. */
export type OnlineService =
  /** Only information. */
  | 'information'
  /** A part of it (một phần). */
  | 'partial'
  /** All of it (toàn trình). */
  | 'full';

/** Whether the case may be filed. */
export type Outcome =
  /** It may. */
  | 'accept'
  /** It may not. */
  | 'refuse'
  /** A question is left. */
  | 'ask';

/** A procedure as a form presents it, in one language. */
export interface Outline {
  /** The first days of the times between which its law does not change, in order. */
  changes: Day[];
  /** Who decides, with the days it does. */
  authorities: Authority[];
  /** The fact that lists the documents handed in, by their ids or those of their alternatives. */
  documentsFact: string | null;
}

/** The status of all conditions together. */
export type Overall =
  /** All that apply are met. */
  | 'met'
  /** One is not. */
  | 'unmet'
  /** One is not settled and none is unmet. */
  | 'undetermined';

/** Which rules are loaded. */
export interface PackInfo {
  /** The pack's id. */
  id: string;
  /** Its version. */
  version: string;
  /** The hash of everything that can change a decision. */
  hash: string;
  /** The format of bundles this version reads and writes. */
  format: number;
  /** Jurisdictions that change a procedure. */
  jurisdictions: string[];
}

/** Which rules decided. */
export interface PackRef {
  /** The pack's id. */
  id: string;
  /** Its version. */
  version: string;
  /** The hash of everything that can change a decision. */
  hash: string;
}

/** Days that were not counted because the applicant was completing the file. */
export interface Pause {
  /** First day. */
  from: Day;
  /** Last day. */
  until: Day;
}

/** How far steps are planned. */
export type PlanStatus =
  /** The procedure declares no steps on that day. */
  | 'none'
  /** All of them. */
  | 'planned'
  /** All of them, past the published days off. */
  | 'provisional'
  /** Not all of them. */
  | 'undetermined';

/** Why a call gave no answer, as RFC 9457 has it, with members of its own. */
export interface ProblemDocument {
  /** `https://thutuc.dev/problems/` and the code. */
  type: string;
  /** The kind of problem in a few words. */
  title: string;
  /** The HTTP status a backend answers with. */
  status: number;
  /** What is wrong this time and what to do about it. */
  detail: string;
  /** The kind of problem as a name, the last part of `type`. */
  code: string;
  /** The facts that do not fit. */
  errors?: FactProblem[];
  /** The name nearest to the one that is not known. */
  near?: string;
}

/** A procedure of the pack, in one language. */
export interface Procedure {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
  /** What it is for. */
  summary: string | null;
  /** `residence`, … */
  field: string;
  /** `commune`, … */
  authority: string;
  /** `full`, `partial`, `information`. */
  onlineService: string;
  /** The first day it answers for. */
  from: Day | null;
  /** The last day it answers for. */
  until: Day | null;
  /** Jurisdictions that change it. */
  jurisdictions: string[];
  /** Traps. */
  notes: string[];
}

/** What a form told the applicant. A member that is absent or null was not promised. */
export interface Promised {
  /** Ids of the documents the applicant was asked for. */
  documents?: string[] | null;
  /** The day the answer is due. */
  dueOn?: Day | null;
  /** The total in đồng. */
  fee?: number | null;
  /** The hash of the pack that the form used. */
  packHash?: string | null;
}

/** A member of a promise. */
export type PromisedPart =
  /** Which rules decided. */
  | 'packHash'
  /** The total. */
  | 'fee'
  /** The documents asked of the applicant. */
  | 'documents'
  /** The day due. */
  | 'dueOn';

/** A reduction that applied. */
export interface Reduction {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** What it took off, in đồng; in JSON as exact text. */
  off: Exact;
}

/** Another place and what is there. */
export interface RelatedPlace {
  /** What is there. */
  label: string;
  /** Column in characters. */
  column?: number;
  /** Column of the end in characters. */
  endColumn?: number;
  /** Line of the end. */
  endLine?: number;
  /** Column of the end in UTF-16 units. */
  endUtf16?: number;
  /** The file's name. */
  file?: string;
  /** Line. */
  line?: number;
  /** Column in UTF-16 units. */
  utf16?: number;
}

/** A request as JSON: which procedure, when, where, in which language, and the facts. */
export interface Request {
  /** The procedure's code. */
  procedure: string;
  /** The day the law is read, `YYYY-MM-DD`. */
  asOf: Day;
  /** The facts, nested or dotted. */
  facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  lang?: Lang | null;
  /** When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent. */
  receivedAt?: LocalDateTime | null;
}

/** A column of a table. */
export interface ResultColumn {
  /** Its name. */
  name: string;
  /** What its cells are. */
  kind: CellKind;
}

/** A table. */
export interface ResultTable {
  /** Its name. */
  name: string;
  /** Its columns. */
  columns: ResultColumn[];
  /** Its rows, a cell a column. */
  rows: Cell[][];
}

/** What steps less, or shorter ones, would save. */
export interface Saving {
  /** When the last step would end. */
  endsAt: LocalDateTime;
  /** The day that could be promised instead of the day due. */
  dueOn: Day;
  /** What is saved; negative if the steps became longer. */
  saved: WorkingTime;
}

/** The level of a procedure's online service. */
export interface ServiceLevel {
  /** The procedure's code. */
  procedure: string;
  /** Its name. */
  name: string;
  /** The day the law is read. */
  asOf: Day;
  /** The level by what it declares; null where that is not known. */
  level: OnlineService | null;
  /** The level it states itself: `full`, `partial`, `information`. */
  stated: string;
  /** What the full service asks for and is not met: the reasons that are published. */
  reasons: LevelReason[];
  /** What is not declared, or not known, and can still change the level. */
  open: Undeclared[];
  /** On what basis the level is told. */
  citations: Citation[];
  /** Why it cannot be told, where the rule has no law on that day. */
  message: string | null;
}

/** A day that was passed over. */
export interface Skipped {
  /** The day. */
  date: Day;
  /** Why. */
  reason: string;
}

/** A step. */
export interface Step {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** Who takes it. */
  office: string | null;
  /** How far it is. */
  status: StepStatus;
  /** How long it may take, in words; null: what remains. */
  period: string | null;
  /** Whether it shares what remains with other steps. */
  shares: boolean;
  /** The steps it waits for, by their ids. */
  after: string[];
  /** When it is to begin. */
  startsAt: LocalDateTime | null;
  /** When it is to be done. */
  endsAt: LocalDateTime | null;
  /** When it began or will begin, by what has been done. */
  expectedStartsAt: LocalDateTime | null;
  /** When it was done, or will be by what has been done. */
  expectedEndsAt: LocalDateTime | null;
  /** How late it was done, or is by now; null if it is not late or that is not known. */
  late: WorkingTime | null;
  /** What it would save to leave it out; null where that cannot be told. */
  saves: WorkingTime | null;
  /** Its legal basis. */
  citations: Citation[];
  /** The facts that decided whether it is taken. */
  because: KnownFact[];
}

/** A step left out or given another time. */
export interface StepCut {
  /** The step's id. */
  step: string;
  /** Its time instead, such as `1 working days`; left out if absent. */
  period?: string | null;
}

/** The steps of a case, planned over working hours. */
export interface StepPlan {
  /** The procedure's code. */
  procedure: string;
  /** The day the law is read. */
  asOf: Day;
  /** Which rules planned it. */
  pack: PackRef;
  /** How far it is planned. */
  status: PlanStatus;
  /** When the steps begin. */
  startsAt: LocalDateTime;
  /** The day that the law gives for the result; null where it is not known. */
  dueOn: Day | null;
  /** The day that was promised last instead, if one was. */
  promisedOn: Day | null;
  /** When the last step is to end; null where a step cannot be planned. */
  endsAt: LocalDateTime | null;
  /** When it will end, by what has been done. */
  expectedAt: LocalDateTime | null;
  /** How much later that is than the day due or promised; null if it is not. */
  late: WorkingTime | null;
  /** How much longer the steps take than the law gives, if all take their time; null if they do not. */
  overruns: WorkingTime | null;
  /** The steps, in their order. */
  steps: Step[];
  /** What is owed when the file is late; null where no rule says. */
  apology: Apology | null;
  /** What the cuts that were asked for would save; null if none were, or it cannot be told. */
  saving: Saving | null;
  /** Facts that tell which steps are taken. */
  missing: string[];
  /** What is wrong with what was told or asked. */
  problems: FactProblem[];
  /** The jurisdiction whose overlay was applied, if one was. */
  jurisdiction?: string;
}

/** How far a step is. */
export type StepStatus =
  /** It is not taken in this case. */
  | 'not_taken'
  /** Whether it is taken is not settled. */
  | 'undetermined'
  /** Steps before it are not done. */
  | 'waiting'
  /** It can be worked on. */
  | 'running'
  /** It is done. */
  | 'done'
  /** A step after it is done, so it is; when is not told. */
  | 'passed';

/** Asks for the steps of a case, as JSON: as a decision is asked for, and what is asked of the steps. */
export interface StepsRequest {
  /** The procedure's code. */
  procedure: string;
  /** The day the law is read, `YYYY-MM-DD`. */
  asOf: Day;
  /** Steps to be left out or shortened, all at once: what that would save. */
  cuts?: StepCut[];
  /** The facts, nested or dotted; what was done is told in `case.steps`. */
  facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  lang?: Lang | null;
  /** The moment it is looked at, `YYYY-MM-DDTHH:MM`; without it nothing is said of steps that are not done. */
  now?: LocalDateTime | null;
  /** When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent. */
  receivedAt?: LocalDateTime | null;
}

/** Whether a target is reached. */
export type TargetStatus =
  /** It is, whatever is open. */
  | 'reached'
  /** It is not, whatever is open. */
  | 'missed'
  /** What is open decides. */
  | 'open'
  /** The target is not known, or there is nothing to count. */
  | 'unknown';

/** A value as hosts see it. Read back from JSON, numbers and days are texts and sets are lists. */
export type Told = null | boolean | Exact | Day | string | string[] | Told[] | { [name: string]: unknown };

/** What a procedure does not declare of itself. */
export interface Undeclared {
  /** The fact of the rule. */
  fact: string;
  /** What it asks. */
  label: string;
  /** Why it is not known, where the rules say. */
  why: string | null;
}

/** A verdict without explanation: ids only. */
export interface Verdict {
  /** Whether the case may be filed. */
  outcome: Outcome;
  /** Conditions and checks that are not met. */
  unmet: string[];
  /** Conditions and checks that are not settled. */
  undetermined: string[];
  /** Documents that are required. */
  documents: string[];
  /** The total in đồng; null while a fee is not settled. */
  fee: number | null;
  /** The day the answer is due. */
  dueOn: Day | null;
  /** Whether days off are not published as far as that. */
  provisional: boolean;
  /** What is wrong with facts that were told. */
  problems?: FactProblem[];
}

/** A stretch of working time. */
export interface WorkingTime {
  /** From the one day to the other. */
  workingDays: number;
  /** While the office is open. */
  officeMinutes: number;
  /** The same in words. */
  text: string;
}
