import { createContext, use } from "react";
import type { ComponentProps } from "react";
import { Link, useLocation } from "wouter";

/** The name of the week that is shown; null for this one. */
export const ShownWeekName = createContext<string | null>(null);

type Props = Omit<ComponentProps<"a">, "ref"> & { href: string };

/** A link to what opens over the timetable: the week stays, and by a click the filters too. */
export function OverLink({ href, ...props }: Props) {
  const open = useOpenOver();
  const week = use(ShownWeekName);
  return (
    <Link
      {...props}
      href={week === null ? href : withParams(href, `week=${week}`)}
      onClick={(event) => {
        event.preventDefault();
        open(href);
      }}
    />
  );
}

/** Opens an address over the timetable as it is shown. */
export function useOpenOver(): (href: string) => void {
  const [, navigate] = useLocation();
  // It is read when it is needed: a change of the filters draws no link again.
  return (href) => navigate(withParams(href, location.search));
}

/** An address with these parameters too, where it has not its own. */
function withParams(href: string, search: string): string {
  const [path = "", own] = href.split("?");
  const params = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(own)) params.set(name, value);
  return params.size > 0 ? `${path}?${params}` : path;
}
