/** What an application tells the library about its server: the channels, their records, and their names. */

/**
 * The types of the records. An application declares them once, and every hook and class has them:
 *
 *     declare module "@spotter/realtime" {
 *       interface Register { channels: { tasks: Task } }
 *     }
 */
export interface Register {}

export interface BaseRecord {
  readonly id: number;
}

/** The type of a record by its channel. */
export type Channels = Register extends { channels: infer C } ? C : Record<string, BaseRecord>;

export type Channel = keyof Channels & string;
export type RecordOf<C extends Channel> = Channels[C];
export type AnyRecord = Channels[Channel];

/** The same at run time. */
export interface Protocol {
  /** What names the events of a channel: with `{tasks: "task"}`, `new_task`, `update_task`, `delete_task`. */
  readonly singular: { readonly [C in Channel]: string };
  /** Fields that are written and never read, such as passwords: no storage ever holds their values. */
  readonly writeOnly: { readonly [C in Channel]?: readonly string[] };
}

export function channelsOf(protocol: Protocol): readonly Channel[] {
  return Object.keys(protocol.singular) as Channel[];
}
