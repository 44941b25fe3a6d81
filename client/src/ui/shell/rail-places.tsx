import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import styles from "./rail-places.module.css";

export interface Place {
  path: string;
  label: string;
  icon: ReactNode;
}

/** The ways to the pages; the one that is open is marked, also from what opens over it. */
export function RailPlaces({ places }: { places: readonly Place[] }) {
  const [location] = useLocation();
  const within = (path: string) =>
    path === "/" ? /^\/(?:$|classes|days)/.test(location) : location.startsWith(path);
  return (
    <div className={styles["places"]}>
      {places.map(({ path, label, icon }) => (
        <Link key={path} href={path} aria-current={within(path) ? "page" : undefined}>
          {icon}
          <span>{label}</span>
        </Link>
      ))}
    </div>
  );
}
