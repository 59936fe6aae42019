// The types of core/src/wire. Generated: `make types`.

/** One of several papers that will do. */
export interface Alternative {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
}

/** What is owed when the file is late. */
export interface Apology {
  /** The rule's id; null while it is open which applies. */
  readonly id: string | null;
  /** Whether it is owed. */
  readonly status: ApologyStatus;
  /** The last day on which it is in time; null where the law does not say. */
  readonly by: Day | null;
  /** The form it is written on, or how it is sent. */
  readonly form: string | null;
  /** How many re-appointments are permitted; null where the law does not say. */
  readonly permitted: number | null;
  /** How many there were. */
  readonly used: number;
  /** What is to be done. */
  readonly message: string | null;
  /** What of the law is not known. */
  readonly unknown: string | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
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
  readonly least: number;
  /** At most. */
  readonly most: number;
}

/** A record whose change would help. */
export interface AssessmentCandidate {
  /** What names the record; null while that is missing. */
  readonly record: string | null;
  /** What changing it costs; null while that is open. */
  readonly effort: Exact | null;
  /** Whether it is known that the change is still to be made; if not, it may have been made already. */
  readonly certain: boolean;
  /** What is shown of it. */
  readonly values: readonly (string | null)[];
}

/** What leaves records open: a fact that is missing, or law that is not known. */
export interface AssessmentCause {
  /** The fact; null where it is law. */
  readonly fact: string | null;
  /** What it is, or why the law is not known. */
  readonly message: string;
  /** In how many records. */
  readonly records: number;
  /** On what it rests that law is not known. */
  readonly citations: readonly Citation[];
}

/** A class of all points together. */
export interface AssessmentClass {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The least points; null where that law is not known. */
  readonly atLeast: Exact | null;
  /** On what it rests. */
  readonly citations: readonly Citation[];
}

/** A value that is shown of records. */
export interface AssessmentColumn {
  /** The fact, definition or expression. */
  readonly name: string;
  /** What it is. */
  readonly label: string;
}

/** By what records are grouped. */
export interface AssessmentDimension {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
}

/** Points within which a score lies. */
export interface AssessmentEstimate {
  /** At least. */
  readonly low: Exact | null;
  /** At most. */
  readonly high: Exact | null;
}

/** A fact that is missing in some records. */
export interface AssessmentFact {
  /** The fact. */
  readonly fact: string;
  /** What it is. */
  readonly label: string;
  /** In how many records it is missing. */
  readonly records: number;
}

/** A measure of a group. */
export interface AssessmentFigure {
  /** The measure. */
  readonly measure: string;
  /** At least; a rate in percent to 4 places, rounded down where it differs from `high`. Null: no bound, or nothing to count. */
  readonly low: Exact | null;
  /** At most, rounded up where it differs from `low`. */
  readonly high: Exact | null;
  /** Of a count and a rate: for how many records it holds. */
  readonly holds: AssessmentBounds | null;
  /** Of a rate: of how many records. */
  readonly of: AssessmentBounds | null;
  /** How many records leave it open. */
  readonly undecided: number;
  /** What is missing in them. */
  readonly because: readonly AssessmentCause[];
  /** How it stands to its target. */
  readonly target: AssessmentStanding | null;
}

/** A target to be reached by changing records. */
export interface AssessmentGoal {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The measure it reaches. */
  readonly measure: string;
  /** What the effort means. */
  readonly effort: string;
  /** What is shown of each record. */
  readonly columns: readonly AssessmentColumn[];
  /** The records whose change would help, those that cost least first. */
  readonly candidates: readonly AssessmentCandidate[];
}

/** A group. */
export interface AssessmentGroup {
  /** Its code or text; null for what has none. */
  readonly id: string | null;
  /** What it is called. */
  readonly label: string;
}

/** Records that are listed. */
export interface AssessmentList {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** What is shown of each record. */
  readonly columns: readonly AssessmentColumn[];
  /** The records. */
  readonly rows: readonly AssessmentListed[];
  /** On what it rests. */
  readonly citations: readonly Citation[];
}

/** A record in a list. */
export interface AssessmentListed {
  /** What names the record; null while that is missing. */
  readonly record: string | null;
  /** Whether it surely belongs there; if not, missing facts or unknown law decide. */
  readonly certain: boolean;
  /** What is shown of it, as text; null for what is null or open. */
  readonly values: readonly (string | null)[];
}

/** What is counted. */
export interface AssessmentMeasure {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** What it counts. */
  readonly kind: MeasureKind;
  /** What the rate should at least be, in percent; null where nothing is wanted, or that law is not known. */
  readonly target: Exact | null;
  /** On what it rests. */
  readonly citations: readonly Citation[];
}

/** What a goal needs in a group. */
export interface AssessmentNeed {
  /** How many more records; null where the target is not known. */
  readonly needed: AssessmentBounds | null;
  /** What the chosen ones cost together; null where one is open. */
  readonly effort: Exact | null;
  /** The records to change, enough whatever is open: places in the goal's candidates, those that cost least first. */
  readonly chosen: readonly number[];
}

/** The points of a group for a score. */
export interface AssessmentPoints {
  /** The score. */
  readonly score: string;
  /** At least, to 4 places, rounded down. */
  readonly low: Exact | null;
  /** At most, rounded up. */
  readonly high: Exact | null;
  /** What they would be under the assumption of the score; no law says so. */
  readonly estimate: AssessmentEstimate | null;
}

/** What did not fit in records. */
export interface AssessmentProblem {
  /** The fact, with the place in it. */
  readonly fact: string;
  /** What kind of problem. */
  readonly code: string;
  /** What is wrong and how to mend it, in the first record that has it. */
  readonly message: string;
  /** The number of that record, from 1. */
  readonly first: number;
  /** How many records have it. */
  readonly records: number;
}

/** What an assessment says of some records. */
export interface AssessmentReport {
  /** The assessment's id. */
  readonly assessment: string;
  /** Its name. */
  readonly name: string;
  /** What it is for. */
  readonly summary: string | null;
  /** What one record is. */
  readonly record: string;
  /** The day of the report. */
  readonly asOf: Day;
  /** Which rules were used. */
  readonly pack: PackRef;
  /** How many records there are. */
  readonly records: number;
  /** Facts that are missing in some records. */
  readonly missing: readonly AssessmentFact[];
  /** What did not fit in records; such facts count as missing. */
  readonly problems: readonly AssessmentProblem[];
  /** What is counted. */
  readonly measures: readonly AssessmentMeasure[];
  /** Points given for measures. */
  readonly scores: readonly AssessmentScore[];
  /** Classes of all points together, in the order of the rules. */
  readonly classes: readonly AssessmentClass[];
  /** By what records are grouped. */
  readonly dimensions: readonly AssessmentDimension[];
  /** The tables; the first has all records in one row. */
  readonly tables: readonly AssessmentTable[];
  /** Records that are listed. */
  readonly lists: readonly AssessmentList[];
  /** Targets to be reached by changing records. */
  readonly goals: readonly AssessmentGoal[];
  /** Traps. */
  readonly notes: readonly string[];
}

/** The records of a group. */
export interface AssessmentRow {
  /** The group in each dimension. */
  readonly groups: readonly AssessmentGroup[];
  /** How many records. */
  readonly records: AssessmentBounds;
  /** The measures, in the order of the report's. */
  readonly figures: readonly AssessmentFigure[];
  /** The points, in the order of the report's scores. */
  readonly points: readonly AssessmentPoints[];
  /** All points together. */
  readonly total: AssessmentTotal | null;
  /** What each goal needs here, in the order of the report's goals; null where its measure is not in force. */
  readonly goals: readonly (AssessmentNeed | null)[];
}

/** Points given for measures. */
export interface AssessmentScore {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The most points; null where that law is not known. */
  readonly max: Exact | null;
  /** Why it is not known how the points follow, where it is not. */
  readonly unknown: string | null;
  /** The assumption under which points are estimated. */
  readonly assuming: string | null;
  /** On what it rests. */
  readonly citations: readonly Citation[];
}

/** How a rate stands to its target. */
export interface AssessmentStanding {
  /** Whether it is reached. */
  readonly status: TargetStatus;
  /** For how many more records it must come to hold. */
  readonly needed: AssessmentBounds | null;
}

/** A table: a row a group. */
export interface AssessmentTable {
  /** The ids of its dimensions; none: all records in one row. */
  readonly dimensions: readonly string[];
  /** Its rows. */
  readonly rows: readonly AssessmentRow[];
}

/** All points of a group together. */
export interface AssessmentTotal {
  /** The most. */
  readonly max: Exact | null;
  /** At least. */
  readonly low: Exact | null;
  /** At most. */
  readonly high: Exact | null;
  /** The class of the least and that of the most points: ids; one class if they are equal. */
  readonly classes: readonly (string | null)[];
  /** What they would be under the assumptions of the scores; a score without one counts as open. */
  readonly estimate: AssessmentEstimate | null;
  /** The classes of the estimate. */
  readonly estimatedClasses: readonly (string | null)[];
}

/** An authority and the days it decides. */
export interface Authority {
  /** Its name. */
  readonly name: string;
  /** The first day; null: ever. */
  readonly from: Day | null;
  /** The last day; null: for good. */
  readonly until: Day | null;
}

/** How an amount came about; in JSON as exact text. */
export interface Calculation {
  /** One unit, after floor and cap. */
  readonly unit: Exact;
  /** How many units. */
  readonly times: Exact | null;
  /** Before reductions and rounding. */
  readonly before: Exact;
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
  readonly instrument: string;
  /** The instrument's title. */
  readonly title: string;
  /** Instrument and place in words. */
  readonly text: string;
  /** How sure it is. */
  readonly confidence: Confidence;
}

/** What a reform changes, in tables. */
export interface Comparison {
  /** The procedure's code. */
  readonly procedure: string;
  /** Its name. */
  readonly name: string;
  /** The jurisdiction; null: everywhere. */
  readonly jurisdiction: string | null;
  /** The day the law is read; null where each case has its own. */
  readonly asOf: Day | null;
  /** The rules before. */
  readonly baseline: PackRef;
  /** The rules after. */
  readonly reform: PackRef;
  /** How many cases were decided. */
  readonly cases: number;
  /** What the cases are grouped by: the first columns of most tables. */
  readonly by: readonly string[];
  /** The tables: `summary`, `outcomes`, `fees`, `distribution`, `documents`, `deadlines`, `changed`, `samples`. */
  readonly tables: readonly ResultTable[];
}

/** A condition or a check. */
export interface Condition {
  /** Its id. */
  readonly id: string;
  /** Its status. */
  readonly status: ConditionStatus;
  /** What is wrong, where it is not met. */
  readonly message: string | null;
  /** What would have to change, where it is not met. */
  readonly wanted: string | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
  /** The facts that decided it. */
  readonly because: readonly KnownFact[];
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
  readonly original: number;
  /** Copies. */
  readonly copy: number;
}

/** A day, `YYYY-MM-DD`. */
export type Day = string;

/** A deadline. */
export interface Deadline {
  /** Its id; null while it is open which rule applies. */
  readonly id: string | null;
  /** How far it is known. */
  readonly status: DeadlineStatus;
  /** The period in words. */
  readonly period: string | null;
  /** The first day that can count. */
  readonly startsOn: Day | null;
  /** The day it is due. */
  readonly dueOn: Day | null;
  /** With hours, the moment. */
  readonly dueAt: LocalDateTime | null;
  /** How many units were counted. */
  readonly counted: number;
  /** Days that were passed over, with the reason. */
  readonly skipped: readonly Skipped[];
  /** Pauses that were not counted. */
  readonly pauses: readonly Pause[];
  /** Why it is not determined, where it is not. */
  readonly message: string | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
  /** The facts that decided which rule applies. */
  readonly because: readonly KnownFact[];
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
  readonly procedure: string;
  /** The day the law is read. */
  readonly asOf: Day;
  /** Which rules decided. */
  readonly pack: PackRef;
  /** Whether the case may be filed. */
  readonly outcome: Outcome;
  /** Conditions. */
  readonly eligibility: Eligibility;
  /** Checks of the electronic identity. */
  readonly identity: Identity;
  /** Papers. */
  readonly documents: readonly Document[];
  /** Fees. */
  readonly fees: Fees;
  /** By when the authority must answer; null where no deadline applies. */
  readonly deadline: Deadline | null;
  /** Facts that can still change something, in the author's order. */
  readonly missing: readonly MissingFact[];
  /** The fact to ask for next. */
  readonly next: string | null;
  /** What is wrong with facts that were told. */
  readonly problems: readonly FactProblem[];
  /** Law that is not known and that something open rests on. */
  readonly gaps: readonly LawGap[];
  /** The jurisdiction whose overlay was applied, if one was. */
  readonly jurisdiction?: string;
  /** The steps of a linked service, each after those it waits for; none for a procedure of its own. */
  readonly linked?: readonly LinkedStep[];
}

/** A diagnostic with its place in lines and columns. */
export interface Diagnostic {
  /** What kind of problem. */
  readonly code: string;
  /** `error` or `warning`. */
  readonly severity: 'error' | 'warning';
  /** One sentence. */
  readonly message: string;
  /** A way out. */
  readonly help: string | null;
  /** Other places that belong to it. */
  readonly related: readonly RelatedPlace[];
  /** Column in characters. */
  readonly column?: number;
  /** Column of the end in characters. */
  readonly endColumn?: number;
  /** Line of the end. */
  readonly endLine?: number;
  /** Column of the end in UTF-16 units. */
  readonly endUtf16?: number;
  /** The file's name. */
  readonly file?: string;
  /** What is said under the marked text. */
  readonly label?: string;
  /** Line. */
  readonly line?: number;
  /** Column in UTF-16 units. */
  readonly utf16?: number;
}

/** A part of the decision that is not what was promised. */
export interface Difference {
  /** The member of the promise. */
  readonly part: PromisedPart;
  /** As promised. */
  readonly promised: unknown;
  /** As decided; null where it is not settled. */
  readonly decided: unknown;
  /** The difference in words. */
  readonly message: string;
}

/** A paper. */
export interface Document {
  /** Its id. */
  readonly id: string;
  /** Its status. */
  readonly status: DocumentStatus;
  /** Its name. */
  readonly name: string;
  /** In what form. */
  readonly form: DocumentForm;
  /** How many. */
  readonly copies: Copies;
  /** Papers of which any one will do instead. */
  readonly anyOf: readonly Alternative[];
  /** Where the state knows it from. */
  readonly reuseSource: string | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
  /** The facts that decided it. */
  readonly because: readonly KnownFact[];
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
  readonly status: Overall;
  /** One by one. */
  readonly conditions: readonly Condition[];
}

/** A number as exact text. */
export type Exact = string;

/** A fact that a procedure may be told, in one language. */
export type Fact = {
  /** Its dotted name. */
  readonly name: string;
  /** Whether null is an answer. */
  readonly optional: boolean;
  /** Whether it has a value when it is not told. */
  readonly hasDefault: boolean;
  /** The question. */
  readonly label: string;
  /** More about it. */
  readonly help: string | null;
} & (
  | {
      readonly type: 'boolean';
    }
  | {
      readonly type: 'number';
      /** Least value. */
      readonly min: Exact | null;
      /** Greatest value. */
      readonly max: Exact | null;
      /** Most decimal places. */
      readonly decimals: number | null;
      /** Its unit. */
      readonly unit: string | null;
    }
  | {
      readonly type: 'enum';
      /** Codes with labels. */
      readonly values: readonly [string, string][];
    }
  | {
      readonly type: 'set';
      /** Codes with labels. */
      readonly values: readonly [string, string][];
    }
  | {
      readonly type: 'date';
      /** First day. */
      readonly min: Day;
      /** Last day. */
      readonly max: Day;
    }
  | {
      readonly type: 'text';
      /** Most characters. */
      readonly maxLength: number;
      /** 12 digits are wanted. */
      readonly personalId: boolean;
    }
  | {
      readonly type: 'time';
    }
  | {
      readonly type: 'datetime';
    }
  | {
      readonly type: 'texts';
      /** Most items. */
      readonly maxItems: number;
    }
  | {
      readonly type: 'list';
      /** The fields of each. */
      readonly fields: readonly Fact[];
      /** Most records. */
      readonly maxItems: number;
    }
);

/** A problem with a fact that was told. */
export interface FactProblem {
  /** The fact, with the place in it. */
  readonly fact: string;
  /** What kind of problem. */
  readonly code: string;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** A fee. */
export interface Fee {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Đồng; null while it is not settled. */
  readonly amount: number | null;
  /** The row of its table that decided. */
  readonly row: string | null;
  /** How the amount came about. */
  readonly calculation: Calculation | null;
  /** The reduction that applied. */
  readonly reduction: Reduction | null;
  /** Its legal basis, that of the row and of the reduction included. */
  readonly citations: readonly Citation[];
  /** The facts that decided it. */
  readonly because: readonly KnownFact[];
}

/** All fees. */
export interface Fees {
  /** Whether they are settled. */
  readonly status: FeesStatus;
  /** The total in đồng; null while a fee is not settled. */
  readonly total: number | null;
  /** Always `VND`. */
  readonly currency: 'VND';
  /** Fees that are due or not settled. */
  readonly items: readonly Fee[];
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
  readonly status: Overall;
  /** The level that is needed, 0 for none; null while that is open. */
  readonly requiredLevel: number | null;
  /** One by one. */
  readonly checks: readonly Condition[];
}

/** A fact that decided something. */
export interface KnownFact {
  /** Its name. */
  readonly fact: string;
  /** Its value as the host told it. */
  readonly value: Told;
}

/** The language of the answer. */
export type Lang =
  | 'vi'
  | 'en';

/** Law that is not known. */
export interface LawGap {
  /** The parameter, definition, fee or deadline. */
  readonly id: string;
  /** Why it is not known. */
  readonly message: string;
  /** The parts that need it. */
  readonly neededBy: readonly string[];
  /** On what basis that is said. */
  readonly citations: readonly Citation[];
}

/** Why a service is not full. */
export interface LevelReason {
  /** The requirement that is not met. */
  readonly id: string;
  /** The level it comes to. */
  readonly level: OnlineService;
  /** The reason by law. */
  readonly message: string | null;
  /** Why it is so for this procedure. */
  readonly why: readonly string[];
  /** Whether it is so in some cases only. */
  readonly inSomeCases: boolean;
  /** The legal basis of the requirement and of what is declared. */
  readonly citations: readonly Citation[];
}

/** Asks for the level of online service, as JSON. */
export interface LevelRequest {
  /** The day the law is read, `YYYY-MM-DD`. */
  readonly asOf: Day;
  /** Facts of a case: what holds in some cases only counts if this can be one of them. */
  readonly facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  readonly jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  readonly lang?: Lang | null;
  /** One procedure; absent: all that are in force on the day. */
  readonly procedure?: string | null;
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
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The code of the procedure it carries out; null where only the step itself is known. */
  readonly procedure: string | null;
  /** Who carries it out. */
  readonly authority: string | null;
  /** What it makes, where later steps use it. */
  readonly result: string | null;
  /** How far it can go. */
  readonly outcome: LinkedOutcome;
  /** The steps that must be done before it. */
  readonly after: readonly string[];
  /** Its conditions and checks that are not met: `eligibility.residence_consent`. */
  readonly unmet: readonly string[];
  /** Its papers that are wanted, by their ids; a paper of several steps is of each. */
  readonly documents: readonly string[];
  /** Its fees that are due or not settled, by their ids. */
  readonly fees: readonly string[];
  /** By when it ends if it and those before it take all the time they may; null where it is not carried out. */
  readonly limit: Deadline | null;
  /** Why it is not carried out, or what its refusal means for the others. */
  readonly message: string | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
  /** The facts that decided whether it is carried out. */
  readonly because: readonly KnownFact[];
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
  readonly fact: string;
  /** The parts that need it: `eligibility.rent_area`, `fees.registration`, `deadline`, … */
  readonly neededBy: readonly string[];
  /** Whether it matters whatever else is answered first. */
  readonly now: boolean;
}

/** Everything that is against a submission, and what was decided: a problem document with members of its own. */
export interface Objection {
  /** `https://thutuc.dev/problems/` and the code. */
  readonly type: string;
  /** The kind of problem in a few words. */
  readonly title: string;
  /** The HTTP status a backend answers with. */
  readonly status: number;
  /** What is wrong this time and what to do about it. */
  readonly detail: string;
  /** The kind of problem as a name, the last part of `type`. */
  readonly code: string;
  /** Conditions and checks that are not met. */
  readonly unmet: readonly Condition[];
  /** Facts that are missing. */
  readonly missing: readonly MissingFact[];
  /** Documents that are required and were not handed in. */
  readonly documents: readonly Document[];
  /** Law that is not known. */
  readonly gaps: readonly LawGap[];
  /** Where the decision is not what was promised. */
  readonly differences: readonly Difference[];
  /** The decision. */
  readonly decision: Decision;
  /** The facts that do not fit. */
  readonly errors?: readonly FactProblem[];
  /** The name nearest to the one that is not known. */
  readonly near?: string;
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
  readonly changes: readonly Day[];
  /** Who decides, with the days it does. */
  readonly authorities: readonly Authority[];
  /** The fact that lists the documents handed in, by their ids or those of their alternatives. */
  readonly documentsFact: string | null;
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
  readonly id: string;
  /** Its version. */
  readonly version: string;
  /** The hash of everything that can change a decision. */
  readonly hash: string;
  /** The format of bundles this version reads and writes. */
  readonly format: number;
  /** Jurisdictions that change a procedure. */
  readonly jurisdictions: readonly string[];
}

/** Which rules decided. */
export interface PackRef {
  /** The pack's id. */
  readonly id: string;
  /** Its version. */
  readonly version: string;
  /** The hash of everything that can change a decision. */
  readonly hash: string;
}

/** Days that were not counted because the applicant was completing the file. */
export interface Pause {
  /** First day. */
  readonly from: Day;
  /** Last day. */
  readonly until: Day;
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
  readonly type: string;
  /** The kind of problem in a few words. */
  readonly title: string;
  /** The HTTP status a backend answers with. */
  readonly status: number;
  /** What is wrong this time and what to do about it. */
  readonly detail: string;
  /** The kind of problem as a name, the last part of `type`. */
  readonly code: string;
  /** The facts that do not fit. */
  readonly errors?: readonly FactProblem[];
  /** The name nearest to the one that is not known. */
  readonly near?: string;
}

/** A procedure of the pack, in one language. */
export interface Procedure {
  /** Its code. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** What it is for. */
  readonly summary: string | null;
  /** `residence`, … */
  readonly field: string;
  /** `commune`, … */
  readonly authority: string;
  /** `full`, `partial`, `information`. */
  readonly onlineService: string;
  /** The first day it answers for. */
  readonly from: Day | null;
  /** The last day it answers for. */
  readonly until: Day | null;
  /** Jurisdictions that change it. */
  readonly jurisdictions: readonly string[];
  /** Traps. */
  readonly notes: readonly string[];
}

/** What a form told the applicant. A member that is absent or null was not promised. */
export interface Promised {
  /** Ids of the documents the applicant was asked for. */
  readonly documents?: readonly string[] | null;
  /** The day the answer is due. */
  readonly dueOn?: Day | null;
  /** The total in đồng. */
  readonly fee?: number | null;
  /** The hash of the pack that the form used. */
  readonly packHash?: string | null;
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
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** What it took off, in đồng; in JSON as exact text. */
  readonly off: Exact;
}

/** Another place and what is there. */
export interface RelatedPlace {
  /** What is there. */
  readonly label: string;
  /** Column in characters. */
  readonly column?: number;
  /** Column of the end in characters. */
  readonly endColumn?: number;
  /** Line of the end. */
  readonly endLine?: number;
  /** Column of the end in UTF-16 units. */
  readonly endUtf16?: number;
  /** The file's name. */
  readonly file?: string;
  /** Line. */
  readonly line?: number;
  /** Column in UTF-16 units. */
  readonly utf16?: number;
}

/** A request as JSON: which procedure, when, where, in which language, and the facts. */
export interface Request {
  /** The procedure's code. */
  readonly procedure: string;
  /** The day the law is read, `YYYY-MM-DD`. */
  readonly asOf: Day;
  /** The facts, nested or dotted. */
  readonly facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  readonly jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  readonly lang?: Lang | null;
  /** When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent. */
  readonly receivedAt?: LocalDateTime | null;
}

/** A column of a table. */
export interface ResultColumn {
  /** Its name. */
  readonly name: string;
  /** What its cells are. */
  readonly kind: CellKind;
}

/** A table. */
export interface ResultTable {
  /** Its name. */
  readonly name: string;
  /** Its columns. */
  readonly columns: readonly ResultColumn[];
  /** Its rows, a cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}

/** What steps less, or shorter ones, would save. */
export interface Saving {
  /** When the last step would end. */
  readonly endsAt: LocalDateTime;
  /** The day that could be promised instead of the day due. */
  readonly dueOn: Day;
  /** What is saved; negative if the steps became longer. */
  readonly saved: WorkingTime;
}

/** The level of a procedure's online service. */
export interface ServiceLevel {
  /** The procedure's code. */
  readonly procedure: string;
  /** Its name. */
  readonly name: string;
  /** The day the law is read. */
  readonly asOf: Day;
  /** The level by what it declares; null where that is not known. */
  readonly level: OnlineService | null;
  /** The level it states itself: `full`, `partial`, `information`. */
  readonly stated: string;
  /** What the full service asks for and is not met: the reasons that are published. */
  readonly reasons: readonly LevelReason[];
  /** What is not declared, or not known, and can still change the level. */
  readonly open: readonly Undeclared[];
  /** On what basis the level is told. */
  readonly citations: readonly Citation[];
  /** Why it cannot be told, where the rule has no law on that day. */
  readonly message: string | null;
}

/** A day that was passed over. */
export interface Skipped {
  /** The day. */
  readonly date: Day;
  /** Why. */
  readonly reason: string;
}

/** A step. */
export interface Step {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Who takes it. */
  readonly office: string | null;
  /** How far it is. */
  readonly status: StepStatus;
  /** How long it may take, in words; null: what remains. */
  readonly period: string | null;
  /** Whether it shares what remains with other steps. */
  readonly shares: boolean;
  /** The steps it waits for, by their ids. */
  readonly after: readonly string[];
  /** When it is to begin. */
  readonly startsAt: LocalDateTime | null;
  /** When it is to be done. */
  readonly endsAt: LocalDateTime | null;
  /** When it began or will begin, by what has been done. */
  readonly expectedStartsAt: LocalDateTime | null;
  /** When it was done, or will be by what has been done. */
  readonly expectedEndsAt: LocalDateTime | null;
  /** How late it was done, or is by now; null if it is not late or that is not known. */
  readonly late: WorkingTime | null;
  /** What it would save to leave it out; null where that cannot be told. */
  readonly saves: WorkingTime | null;
  /** Its legal basis. */
  readonly citations: readonly Citation[];
  /** The facts that decided whether it is taken. */
  readonly because: readonly KnownFact[];
}

/** A step left out or given another time. */
export interface StepCut {
  /** The step's id. */
  readonly step: string;
  /** Its time instead, such as `1 working days`; left out if absent. */
  readonly period?: string | null;
}

/** The steps of a case, planned over working hours. */
export interface StepPlan {
  /** The procedure's code. */
  readonly procedure: string;
  /** The day the law is read. */
  readonly asOf: Day;
  /** Which rules planned it. */
  readonly pack: PackRef;
  /** How far it is planned. */
  readonly status: PlanStatus;
  /** When the steps begin. */
  readonly startsAt: LocalDateTime;
  /** The day that the law gives for the result; null where it is not known. */
  readonly dueOn: Day | null;
  /** The day that was promised last instead, if one was. */
  readonly promisedOn: Day | null;
  /** When the last step is to end; null where a step cannot be planned. */
  readonly endsAt: LocalDateTime | null;
  /** When it will end, by what has been done. */
  readonly expectedAt: LocalDateTime | null;
  /** How much later that is than the day due or promised; null if it is not. */
  readonly late: WorkingTime | null;
  /** How much longer the steps take than the law gives, if all take their time; null if they do not. */
  readonly overruns: WorkingTime | null;
  /** The steps, in their order. */
  readonly steps: readonly Step[];
  /** What is owed when the file is late; null where no rule says. */
  readonly apology: Apology | null;
  /** What the cuts that were asked for would save; null if none were, or it cannot be told. */
  readonly saving: Saving | null;
  /** Facts that tell which steps are taken. */
  readonly missing: readonly string[];
  /** What is wrong with what was told or asked. */
  readonly problems: readonly FactProblem[];
  /** The jurisdiction whose overlay was applied, if one was. */
  readonly jurisdiction?: string;
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
  readonly procedure: string;
  /** The day the law is read, `YYYY-MM-DD`. */
  readonly asOf: Day;
  /** Steps to be left out or shortened, all at once: what that would save. */
  readonly cuts?: readonly StepCut[];
  /** The facts, nested or dotted; what was done is told in `case.steps`. */
  readonly facts?: { [name: string]: unknown };
  /** The jurisdiction. */
  readonly jurisdiction?: string | null;
  /** `vi` (default) or `en`. */
  readonly lang?: Lang | null;
  /** The moment it is looked at, `YYYY-MM-DDTHH:MM`; without it nothing is said of steps that are not done. */
  readonly now?: LocalDateTime | null;
  /** When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent. */
  readonly receivedAt?: LocalDateTime | null;
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
export type Told = null | boolean | Exact | Day | string | readonly string[] | readonly Told[] | { [name: string]: unknown };

/** What a procedure does not declare of itself. */
export interface Undeclared {
  /** The fact of the rule. */
  readonly fact: string;
  /** What it asks. */
  readonly label: string;
  /** Why it is not known, where the rules say. */
  readonly why: string | null;
}

/** A verdict without explanation: ids only. */
export interface Verdict {
  /** Whether the case may be filed. */
  readonly outcome: Outcome;
  /** Conditions and checks that are not met. */
  readonly unmet: readonly string[];
  /** Conditions and checks that are not settled. */
  readonly undetermined: readonly string[];
  /** Documents that are required. */
  readonly documents: readonly string[];
  /** The total in đồng; null while a fee is not settled. */
  readonly fee: number | null;
  /** The day the answer is due. */
  readonly dueOn: Day | null;
  /** Whether days off are not published as far as that. */
  readonly provisional: boolean;
  /** What is wrong with facts that were told. */
  readonly problems?: readonly FactProblem[];
}

/** A stretch of working time. */
export interface WorkingTime {
  /** From the one day to the other. */
  readonly workingDays: number;
  /** While the office is open. */
  readonly officeMinutes: number;
  /** The same in words. */
  readonly text: string;
}
