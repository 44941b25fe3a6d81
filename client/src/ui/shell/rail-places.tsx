import { useMediaQuery } from "@mantine/hooks";
import { useId, useRef } from "react";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { MoreIcon } from "../base/icons";
import styles from "./rail-places.module.css";
import { texts } from "./texts";

export interface Place {
  path: string;
  label: string;
  icon: ReactNode;
}

/** In the bar of a phone so many have room for their names: of more, the last are in a list. */
const PHONE = "(max-width: 767px)";
const IN_BAR = 5;

/** The ways to the pages; the one that is open is marked, also from what opens over it. */
export function RailPlaces({ places }: { places: readonly Place[] }) {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const inBar = isPhone && places.length > IN_BAR ? IN_BAR - 1 : places.length;
  return (
    <div className={styles["places"]}>
      {places.slice(0, inBar).map((place) => (
        <PlaceLink key={place.path} place={place} />
      ))}
      {inBar < places.length && <More places={places.slice(inBar)} />}
    </div>
  );
}

function useWithin(): (place: Place) => boolean {
  const [location] = useLocation();
  return ({ path }) =>
    path === "/" ? /^\/(?:$|classes|days)/.test(location) : isIn(location, path);
}

/** "/accounts" is not within "/account". */
function isIn(location: string, path: string): boolean {
  return location === path || location.startsWith(`${path}/`);
}

function PlaceLink({ place, onClick }: { place: Place; onClick?: () => void }) {
  const within = useWithin();
  const { path, label, icon } = place;
  return (
    <Link href={path} aria-current={within(place) ? "page" : undefined} onClick={onClick}>
      {icon}
      <span>{label}</span>
    </Link>
  );
}

/** The browser's own popover: it closes by Escape and by a tap beside it, and gives the focus back. */
function More({ places }: { places: readonly Place[] }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const within = useWithin();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={styles["more"]}
        data-current={places.some(within) || undefined}
      >
        <MoreIcon />
        <span>{texts.more}</span>
      </button>
      <div ref={list} id={id} popover="auto" className={styles["list"]}>
        {places.map((place) => (
          <PlaceLink key={place.path} place={place} onClick={() => list.current?.hidePopover()} />
        ))}
      </div>
    </>
  );
}
