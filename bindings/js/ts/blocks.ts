// Building blocks: what a host supplies, and what the engine asks for.

/** A text with the name that messages call it by. */
export interface RuleText {
  readonly name: string;
  readonly text: string;
}

/** A building block; a text without a name gets the one that was asked for. */
export type Block = RuleText | string;

/** Building blocks by the name behind `gebruik`, or a function that finds them. */
export type Blocks =
  | Readonly<Record<string, Block>>
  | ReadonlyMap<string, Block>
  | ((name: string) => Block | null | undefined);

/** What the engine gets: nothing, a name and a text, or why the block cannot be read. */
export type Found = undefined | readonly [string, string] | string;

/** The function that the engine asks. What was found is kept, so that rules that are compiled again are the same rules. */
export function asker(blocks: Blocks | null | undefined): (name: string) => Found {
  const kept = new Map<string, Found>();
  return (name) => {
    if (!kept.has(name)) kept.set(name, find(blocks, name));
    return kept.get(name);
  };
}

function find(blocks: Blocks | null | undefined, name: string): Found {
  let found: Block | null | undefined;
  try {
    if (typeof blocks === "function") found = blocks(name);
    else if (isMap(blocks)) found = blocks.get(name);
    else if (blocks != null && Object.hasOwn(blocks, name)) found = blocks[name];
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  if (found === undefined || found === null) return undefined;
  const { name: called, text } = typeof found === "string" ? { name, text: found } : found;
  if (typeof called !== "string" || typeof text !== "string") {
    return `${name}: geen tekst (not a text)`;
  }
  return [called, text];
}

function isMap(blocks: Blocks | null | undefined): blocks is ReadonlyMap<string, Block> {
  return blocks instanceof Map;
}
