// A program that uses the package: it must compile under every strict rule. Not run.

import {
  Decimal,
  init,
  Meetlat,
  MeetlatError,
  parsed,
  type Block,
  type documents,
  type How,
  type Language,
  type Message,
  type RuleText,
  type VerdictDocument,
} from "meetlat";

export async function judge(rules: RuleText, blocks: Record<string, Block>): Promise<string> {
  await init();
  const language: Language = "en";
  const how: How = { referenceDate: "2020-09-01", language };
  const meetlat: Meetlat = Meetlat.compile([rules], blocks, language);
  try {
    const verdict: string = meetlat.evaluate({ meetlat: "klein", antwoorden: { bedrag: new Decimal("0.10") } }, how);
    const other: string = meetlat.improve(verdict, { ...how, name: "a.json", targets: ["voldoet"] });
    meetlat.evaluate("{}", { ...how, limit: 1000, deadline: 50.5 });
    meetlat.why("{}", { limit: 10n ** 12n });
    const fields: Record<string, unknown> = parsed(other);
    const found: VerdictDocument = parsed(meetlat.evaluate("{}"));
    const names: readonly string[] = found.oordeel.mogelijk;
    const change: documents.Change | undefined = parsed(meetlat.improve("{}")).doelen[0]?.wijzigen?.reeksen[0]?.wijzigingen[0];
    if (found.oordeel.status === "open") return `${names.join()} ${change?.pointer ?? ""}`;
    // @ts-expect-error: a verdict has no such field
    parsed(meetlat.evaluate("{}")).punten;
    // @ts-expect-error: never so written
    if (found.oordeel.status === "dicht") return "";
    return String(fields["oordeel"]) + meetlat.why(new Uint8Array(), { answers: true }) + meetlat.schema(how);
  } catch (error) {
    if (!(error instanceof MeetlatError)) throw error;
    const messages: readonly Message[] = error.messages;
    return messages.map(({ code, plaatsen }) => `${code} ${plaatsen[0]?.regel ?? ""}`).join();
  } finally {
    meetlat.free();
  }
}

// What must not compile.
// @ts-expect-error: rules have a name
Meetlat.compile({ text: "" });
// @ts-expect-error: two languages
Meetlat.check([], {}, { language: "fr" });
// @ts-expect-error: a day is a text
Meetlat.compile([]).evaluate("", { referenceDate: new Date(0) });
// @ts-expect-error: digits are a text
new Decimal(0.1);
