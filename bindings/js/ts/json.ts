// Proposals from JavaScript values to JSON. `JSON.stringify` writes 0.1 + 0.2 as 0.30000000000000004, NaN as null, and leaves
// functions out: here each of them is an error, at its place.

import { call } from "./engine.js";
import { MeetlatError } from "./error.js";
import { binary_fraction, no_json } from "./wasm/meetlat.js";

/** A number with digits behind the point, exactly as written: `new Decimal("42000.50")`. */
export class Decimal {
  /** The digits. */
  readonly digits: string;

  constructor(digits: string) {
    if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(digits)) {
      throw new TypeError(`meetlat: "${digits}" is not a decimal number such as "42000.50"`);
    }
    this.digits = digits;
  }

  toString(): string {
    return this.digits;
  }
}

/** The JSON of a value. */
export function toJson(value: unknown, language?: string | null): string {
  const around = new Set<object>();

  function refuse(path: string, what: string): never {
    throw new MeetlatError(call(language, () => no_json(path, what, language)));
  }

  function number(value: number, path: string): string {
    if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
    throw new MeetlatError(call(language, () => binary_fraction(path, String(value), language)));
  }

  function object(value: object, path: string): string {
    if (value instanceof Decimal) return value.digits;
    if (around.has(value)) refuse(path, "cyclus, cycle");
    const own = (value as { toJSON?: unknown }).toJSON;
    around.add(value);
    let text: string;
    if (typeof own === "function") {
      text = json(own.call(value), path);
    } else if (Array.isArray(value)) {
      text = `[${Array.from(value, (item, at) => json(item, `${path}/${at}`)).join()}]`;
    } else if (isPlain(value)) {
      const fields = Object.entries(value).filter(([, field]) => field !== undefined);
      text = `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${json(field, pointer(path, key))}`).join()}}`;
    } else {
      refuse(path, value.constructor?.name ?? "object");
    }
    around.delete(value);
    return text;
  }

  function json(value: unknown, path: string): string {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value);
      case "boolean":
      case "bigint":
        return String(value);
      case "number":
        return number(value, path);
      case "object":
        return value === null ? "null" : object(value, path);
      default:
        return refuse(path, typeof value);
    }
  }

  try {
    return json(value, "");
  } catch (thrown) {
    // The stack is full: no real proposal is nested so deeply.
    if (thrown instanceof RangeError) refuse("", "te diep, too deep");
    throw thrown;
  }
}

/** A plain or parsed object, or one of a class without a form of its own; not a Map, Set, RegExp and the like. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function pointer(path: string, key: string): string {
  return `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
