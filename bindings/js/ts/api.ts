// What both entrances give.

export type { Block, Blocks, RuleText } from "./blocks.js";
export { MeetlatError, type Message, type Messages, type Place } from "./error.js";
export { Decimal } from "./json.js";
export { Meetlat, parsed, type How, type HowProposal, type Language, type Proposal, type Spend } from "./meetlat.js";
