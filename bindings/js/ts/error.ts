import type { Message, ReportDocument } from "./documents.js";

/** A refused call: everything that is wrong, in one run. */
export class MeetlatError extends Error {
  override readonly name = "MeetlatError";
  /** The document `{"meldingen": […]}`, as every binding gives it. */
  readonly json: string;
  /** The same, as fields. */
  readonly messages: readonly Message[];

  constructor(json: string, options?: ErrorOptions) {
    const { meldingen } = JSON.parse(json) as ReportDocument;
    super(meldingen.map(line).join("\n"), options);
    this.json = json;
    this.messages = meldingen;
  }
}

function line({ code, melding, plaatsen, hulp }: Message): string {
  const place = plaatsen[0];
  const at = place === undefined ? "" : ` ${place.bestand}:${place.regel}:${place.kolom}`;
  return `${code}${at}: ${melding}${hulp === null ? "" : ` (${hulp})`}`;
}
