/** A place in a text. Lines and columns count from 1, columns in characters. */
export interface Place {
  /** The name that the text was given with. */
  readonly bestand: string;
  readonly regel: number;
  readonly kolom: number;
  readonly eindregel: number;
  /** One past the last character. */
  readonly eindkolom: number;
  /** JSON pointer of the value, in proposals. */
  readonly pad: string | null;
}

/** One message, as in the document `{"meldingen": […]}`. */
export interface Message {
  /** Stable, and explained in `docs/meldingen.md`. */
  readonly code: string;
  readonly ernst: "fout" | "waarschuwing";
  /** What is wrong. */
  readonly melding: string;
  /** The first is where it is wrong; empty when it has no place. */
  readonly plaatsen: readonly Place[];
  /** What to do. */
  readonly hulp: string | null;
}

/** The document of messages. */
export interface Messages {
  readonly meldingen: readonly Message[];
}

/** A call that was refused: everything that is wrong, in one go. */
export class MeetlatError extends Error {
  override readonly name = "MeetlatError";
  /** The document `{"meldingen": […]}`, as every border gives it. */
  readonly json: string;
  /** The same, as fields. */
  readonly messages: readonly Message[];

  constructor(json: string, options?: ErrorOptions) {
    const { meldingen } = JSON.parse(json) as Messages;
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
