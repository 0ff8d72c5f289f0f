// What both entrances give.

export type { Block, Blocks, RuleText } from "./blocks.js";
export type * as documents from "./documents.js";
export type {
  FirmnessDocument,
  ImprovementDocument,
  Message,
  MessagePlace as Place,
  NextDocument,
  ReportDocument as Messages,
  VerdictDocument,
  WhyDocument,
} from "./documents.js";
export { MeetlatError } from "./error.js";
export { Decimal } from "./json.js";
export { Meetlat, parsed, type How, type HowProposal, type JsonOf, type Language, type Proposal, type Spend } from "./meetlat.js";
