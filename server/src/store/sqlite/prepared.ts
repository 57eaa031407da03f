import type { Compilable } from 'kysely';

/** What SQLite stores in a column. */
export type Value = string | number | null;

/** A query of which the text is built once, for what runs many times a second. */
export interface Prepared<V> {
  readonly sql: string;
  /** What stands for the `?` of the text, in order. */
  values(of: V): Value[];
}

/** Stands for a value that is known only when the query runs. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** @param build the query; `value` names what differs from run to run. */
export function prepared<V extends { readonly [name in keyof V]: Value }>(
  build: (value: <K extends keyof V & string>(name: K) => V[K]) => Compilable,
): Prepared<V> {
  // Kysely hands on what it is given: a slot comes out where its value belongs.
  const { sql, parameters } = build((name) => new Slot(name) as never).compile();
  const slots = parameters as ReadonlyArray<Value | Slot>;
  return { sql, values: (of) => slots.map((slot) => (slot instanceof Slot ? of[slot.name as keyof V] : slot)) };
}
