// The calls of the contract (`docs/contract.md`).

import { asker, type Blocks, type RuleText } from "./blocks.js";
import type {
  FirmnessDocument,
  ImprovementDocument,
  NextDocument,
  ReportDocument,
  VerdictDocument,
  WhyDocument,
} from "./documents.js";
import { call, instance } from "./engine.js";
import { MeetlatError } from "./error.js";
import { toJson } from "./json.js";
import { decoded, optional, whole } from "./text.js";
import { check as checkTexts, let_go, Rules } from "./wasm/meetlat.js";

/** The language of texts for people. */
export type Language = "nl" | "en";

/** The day for which rules are asked, and the language of texts. */
export interface How {
  /** `JJJJ-MM-DD`. Wins over the proposal's own `peildatum`. */
  readonly referenceDate?: string | null | undefined;
  /** Dutch when it is left out. */
  readonly language?: Language | null | undefined;
}

/** What a call may spend. What is not certain by then is marked `voorlopig`, with the reason. */
export interface Spend {
  /** Steps to search, the same on every machine; 500,000 when it is left out. Reason `grens`. */
  readonly limit?: number | bigint | null | undefined;
  /** Milliseconds from the start of the call; no limit when it is left out. Reason `gestopt`. */
  readonly deadline?: number | null | undefined;
}

/** How a proposal is judged. */
export interface HowProposal extends How, Spend {
  /** What messages and verdicts call the proposal; `voorstel.json` when it is left out. */
  readonly name?: string | undefined;
}

/** JSON as text or as bytes in UTF-8, or the same as a value: with whole numbers, `BigInt` and `Decimal`, but no fractions. */
export type Proposal = string | Uint8Array | object;

declare const holds: unique symbol;

/** The JSON text of a document: an ordinary string, but `parsed` knows the fields of its object. */
export type JsonOf<T> = string & { readonly [holds]?: T };

/** Rules, ready to judge. They never change. */
export class Meetlat {
  readonly #make: () => Rules;
  #rules: Rules | undefined;
  #instance: number;

  private constructor(make: () => Rules) {
    this.#make = make;
    this.#rules = make();
    this.#instance = instance();
  }

  /** Reads and checks rule texts: one, or several that are versions of one meetlat. */
  static compile(
    texts: RuleText | readonly RuleText[],
    blocks?: Blocks | null,
    language?: Language | null,
  ): Meetlat {
    const given = split(texts, language);
    const ask = asker(blocks);
    return new Meetlat(() => call(language, () => Rules.compile(given.names, given.texts, ask, language)));
  }

  /** Everything that is wrong or odd in rule texts, as a document of messages; `search`: also what only a search finds. */
  static check(
    texts: RuleText | readonly RuleText[],
    blocks?: Blocks | null,
    how: Spend & { readonly search?: boolean; readonly language?: Language | null } = {},
  ): JsonOf<ReportDocument> {
    const { search = true, language } = how;
    const given = split(texts, language);
    const ask = asker(blocks);
    const [limit, end] = spending(how);
    return call(language, () => checkTexts(given.names, given.texts, ask, search, language, limit, end));
  }

  /** The name in the header. */
  get name(): string {
    return this.#ask(null, (rules) => rules.name());
  }

  /** What deserves attention, as a document of messages. */
  warnings(language?: Language | null): JsonOf<ReportDocument> {
    return this.#ask(language, (rules) => rules.warnings(language));
  }

  /** The verdict, on one line. */
  evaluate(proposal: Proposal, how: HowProposal = {}): JsonOf<VerdictDocument> {
    return this.#judge(proposal, how, (rules, name, text, spend) =>
      rules.evaluate(name, text, how.referenceDate, how.language, ...spend),
    );
  }

  /** The question best answered next, on one line. */
  next(proposal: Proposal, how: HowProposal = {}): JsonOf<NextDocument> {
    return this.#judge(proposal, how, (rules, name, text, spend) =>
      rules.next(name, text, how.referenceDate, how.language, ...spend),
    );
  }

  /** The smallest changes, on one line. `targets`: outcomes by name, or `route=keuze`; none: every outcome. */
  improve(
    proposal: Proposal,
    how: HowProposal & { readonly targets?: readonly string[] } = {},
  ): JsonOf<ImprovementDocument> {
    const targets = (how.targets ?? []).map((target) => whole("targets", target, how.language));
    return this.#judge(proposal, how, (rules, name, text, spend) =>
      rules.improve(name, text, targets, how.referenceDate, how.language, ...spend),
    );
  }

  /** Why the outcome is what it is, on one line. `answers`: down to single answers. */
  why(proposal: Proposal, how: HowProposal & { readonly answers?: boolean } = {}): JsonOf<WhyDocument> {
    return this.#judge(proposal, how, (rules, name, text, spend) =>
      rules.why(name, text, how.answers ?? false, how.referenceDate, how.language, ...spend),
    );
  }

  /** How firm the verdict is, on one line. */
  firmness(proposal: Proposal, how: HowProposal = {}): JsonOf<FirmnessDocument> {
    return this.#judge(proposal, how, (rules, name, text, spend) =>
      rules.firmness(name, text, how.referenceDate, how.language, ...spend),
    );
  }

  /** The JSON schema of proposals. */
  schema({ referenceDate, language }: How = {}): string {
    optional("referenceDate", referenceDate);
    return this.#ask(language, (rules) => rules.schema(referenceDate, language));
  }

  /** A proposal with every question open. */
  emptyProposal({ referenceDate, language }: How = {}): string {
    optional("referenceDate", referenceDate);
    return this.#ask(language, (rules) => rules.empty_proposal(referenceDate, language));
  }

  /** Frees the rules now, instead of when the garbage collector gets to it. */
  free(): void {
    if (this.#rules !== undefined && this.#instance === instance()) this.#rules.free();
    this.#rules = undefined;
  }

  #judge(
    proposal: Proposal,
    how: HowProposal,
    give: (rules: Rules, name: string, text: string, spend: Spending) => string,
  ): string {
    optional("language", how.language);
    optional("referenceDate", how.referenceDate);
    // Outside the call of the engine, where anything thrown would count as a fault of the engine.
    const spend = spending(how);
    const name = whole("name", how.name ?? "voorstel.json", how.language);
    const text = proposalText(name, proposal, how.language);
    return this.#ask(how.language, (rules) => give(rules, name, text, spend));
  }

  #ask<T>(language: string | null | undefined, give: (rules: Rules) => T): T {
    optional("language", language);
    if (this.#rules === undefined) throw new MeetlatError(call(language, () => let_go(language)));
    return call(language, () => {
      // Made in an instance that has stopped since.
      if (this.#instance !== instance()) {
        this.#rules = this.#make();
        this.#instance = instance();
      }
      return give(this.#rules as Rules);
    });
  }
}

/** A verdict, or another document that a call gave, as an object. */
export function parsed<T>(json: JsonOf<T>): T;
export function parsed(json: string): Record<string, unknown>;
export function parsed(json: string): unknown {
  return JSON.parse(json);
}

/** The steps of a call and the time at which it ends, as the engine takes them. */
type Spending = [limit: bigint | undefined, end: number | undefined];

function spending({ limit, deadline }: Spend): Spending {
  if (limit != null && !(typeof limit === "bigint" ? limit > 0n : Number.isSafeInteger(limit) && limit > 0)) {
    throw new TypeError("meetlat: limit is not a whole number from 1 on");
  }
  if (deadline != null && !(typeof deadline === "number" && deadline >= 0)) {
    throw new TypeError("meetlat: deadline is not a number of milliseconds");
  }
  // More than 64 bits amounts to no limit.
  const steps = limit == null ? undefined : BigInt.asUintN(64, limit > MOST ? MOST : BigInt(limit));
  return [steps, deadline == null ? undefined : performance.now() + deadline];
}

const MOST = 2n ** 64n - 1n;

function proposalText(name: string, proposal: Proposal, language: string | null | undefined): string {
  if (typeof proposal === "string") return whole(name, proposal, language);
  if (proposal instanceof Uint8Array) return decoded(name, proposal, language);
  return toJson(proposal, language);
}

function split(texts: RuleText | readonly RuleText[], language: string | null | undefined) {
  optional("language", language);
  const list = "text" in texts ? [texts] : texts;
  return {
    names: list.map(({ name }) => whole("name", name, language)),
    texts: list.map(({ name, text }) => whole(name, text, language)),
  };
}
