/** What an application tells the library about its server: the channels, their records, and their names. */

/**
 * The types of the records by their channel are a type parameter, `C`: `createRealtime<Channels>(...)`, or without a word
 * from a `Protocol<Channels>`. An application with one server may declare them once instead, and all has them by default:
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

export type ChannelOf<C> = keyof C & string;
export type Channel = ChannelOf<Channels>;
export type RecordOf<K extends Channel> = Channels[K];
export type AnyRecord = Channels[Channel];

/** What texts are compared by, if not by their characters: the number that they write, or their place in a list. */
export type SortKey = "number" | readonly string[];

/** By the field, or by its path. */
export type SortKeys = Readonly<Record<string, SortKey>>;

/** The same at run time. */
export interface Protocol<C = Channels> {
  /** What names the events of a channel: with `{tasks: "task"}`, `new_task`, `update_task`, `delete_task`. */
  readonly singular: { readonly [K in ChannelOf<NoInfer<C>>]: string };
  /** Fields that are written and never read, such as passwords: no storage ever holds their values. */
  readonly writeOnly: { readonly [K in ChannelOf<NoInfer<C>>]?: readonly string[] };
  /** Channels with too many records to be sent whole: they are read in parts. */
  readonly big?: readonly ChannelOf<NoInfer<C>>[];
  /** In what order the server has texts that are numbers, or days of the week. */
  readonly sortKeys?: { readonly [K in ChannelOf<NoInfer<C>>]?: SortKeys };
  /** For its type alone: the records that it is about. */
  readonly records?: C;
}

export function channelsOf(protocol: Protocol): readonly Channel[] {
  return Object.keys(protocol.singular) as Channel[];
}

/** Those that the server sends whole. */
export function wholeChannelsOf(protocol: Protocol): readonly Channel[] {
  return channelsOf(protocol).filter((channel) => !protocol.big?.includes(channel));
}
