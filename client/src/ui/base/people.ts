/** The connections of the server as people. */
import { useSession } from "@spotter/realtime/react";
import type { Actor, Present, Session } from "@spotter/realtime";
import { useCallback } from "react";
import { inList } from "./locale";
import { texts } from "./texts";

export interface Person extends Present {
  /** Us. */
  readonly own: boolean;
}

/** What the server calls who has not signed in. */
const nobody = "Someone";

/** What the server does by itself. */
const ofTheServer = new Set(["seed", "migrate", "reconcile"]);

export function isOfTheServer({ event = "" }: { event?: string }): boolean {
  return ofTheServer.has(event);
}

/** The name of somebody as it is shown. */
export function nameOfPerson(name: string): string {
  return name === nobody ? texts.someone : name;
}

/** Who did something, as the subject of a sentence. */
export function doerOf(actor: Actor | undefined, session: Session | null): string {
  if (actor == null) return texts.someone;
  return isOurs(actor, session) ? texts.you : nameOfPerson(actor);
}

/** Whether it was us. */
export function isOurs(actor: Actor, session: Session | null): boolean {
  return actor !== null && actor === session?.user?.name;
}

/** Who did what a history has; null for what the server did by itself, whom nobody knows. */
export function useAuthor(): (entry: { actor: Actor; event?: string }) => string | null {
  const doer = useDoer();
  return useCallback((entry) => (isOfTheServer(entry) ? null : doer(entry.actor)), [doer]);
}

export function useDoer(): (actor: Actor | undefined) => string {
  const session = useSession();
  return useCallback((actor) => doerOf(actor, session), [session]);
}

/** We come first. Who has several pages open is there once; those without a name cannot be told apart. */
export function gather(
  users: readonly Present[],
  isOwn: (user: Present) => boolean,
): readonly Person[] {
  const people = new Map<string, Person>();
  for (const user of users) {
    const own = isOwn(user);
    const key = own ? "" : user.name === nobody ? user.sid : `=${user.name}`;
    const known = people.get(key);
    if (!known) people.set(key, { ...user, own });
    else if (known.editing === null) people.set(key, { ...known, editing: user.editing });
  }
  return Array.from(people.values()).toSorted((a, b) => Number(b.own) - Number(a.own));
}

/** "You, Ben and 3 others": short, by the first name of the first who has one. */
export function inWords(people: readonly Person[]): string {
  const others = people.filter(({ own }) => !own);
  if (others.length === 0) return texts.onlyYou;
  const names = others.filter(({ name }) => name !== nobody).map(({ name }) => firstOf(name));
  const left = others.length - Math.min(names.length, 1);
  return inList([texts.you, ...names.slice(0, 1), ...(left > 0 ? [texts.others(left)] : [])]);
}

function firstOf(name: string): string {
  return name.split(" ")[0] ?? name;
}

export function areEditing(names: readonly string[]): string {
  return texts.areEditing(names.length);
}

/** "Rose and Ben are editing this". */
export function editingThis(names: readonly string[]): string {
  return `${inList(names)} ${texts.areEditingThis(names.length)}`;
}

/** "Rose and Ben are editing". */
export function editingInWords(names: readonly string[]): string {
  return `${inList(names)} ${areEditing(names)}`;
}
