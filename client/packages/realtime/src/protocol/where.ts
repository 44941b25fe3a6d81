/** What a filter and an order look like, for the records of a channel. */
import type { AnyRecord } from "./protocol.js";

type Value = string | number | boolean | null;

/** A relation's field: it is asked by its id. */
type Relation = { readonly id: number } | null;

type Equal<V> = V | { eq?: V; ne?: V; in?: readonly V[]; nin?: readonly V[] };

type Ordered<V> = { lt?: V; lte?: V; gt?: V; gte?: V };

/** What can be asked of one field: of a list what it has, of a relation its id, of all else its value. */
export type Condition<V> = [NonNullable<V>] extends [readonly unknown[]]
  ? { has: number }
  : [V] extends [Relation]
    ? Equal<number | null>
    : [NonNullable<V>] extends [string]
      ? Equal<V | null> | (Equal<V | null> & Ordered<V> & { contains?: string; starts?: string })
      : [NonNullable<V>] extends [Value]
        ? Equal<V | null> | (Equal<V | null> & Ordered<V>)
        : { eq?: unknown; ne?: unknown };

/** The fields of what a record embeds, named by their path. */
type Embedded<R> = {
  [F in keyof R & string]: [NonNullable<R[F]>] extends [readonly unknown[]]
    ? never
    : [R[F]] extends [Relation]
      ? `${F}.${keyof NonNullable<R[F]> & string}`
      : never;
}[keyof R & string];

type At<R, P> = P extends keyof R
  ? R[P]
  : P extends `${infer F extends keyof R & string}.${infer G}`
    ? G extends keyof NonNullable<R[F]>
      ? NonNullable<R[F]>[G]
      : never
    : never;

/** A filter: all of its conditions are true of a record. `{}` is true of each. */
export type Where<R = AnyRecord> = {
  readonly [P in (keyof R & string) | Embedded<R>]?: Condition<At<R, P>>;
} & { readonly or?: readonly Where<R>[]; readonly not?: Where<R> };

/** A field to sort by, `-` before it for descending. */
export type OrderField<R = AnyRecord> = `${"" | "-"}${(keyof R & string) | Embedded<R>}`;

/** What `useList` shows of a channel. */
export interface ListQuery<R = AnyRecord> {
  readonly where?: Where<R>;
  /** By id if absent; the id decides among equals. */
  readonly order?: readonly OrderField<R>[];
  /** How many records a page has: 100 if absent, 1,000 at most. */
  readonly limit?: number;
  /** Whether to count all that match. */
  readonly count?: boolean;
}
