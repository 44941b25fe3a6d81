import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "../ui/shell/page";
import styles from "./developers.module.css";
import { texts } from "./texts";

const pages = () => [
  { path: "/developers", label: texts.explorer },
  { path: "/developers/time", label: texts.currentTime },
  { path: "/developers/uuid", label: texts.randomUuid },
  { path: "/developers/hex", label: texts.randomHex },
  { path: "/developers/numbers", label: texts.randomNumbers },
  { path: "/developers/state", label: texts.state },
];

const isAt = (location: string, path: string) =>
  location === path || (path === "/developers" && location.startsWith("/developers/events/"));

interface Props {
  title: string;
  note: string;
  children: ReactNode;
}

/** A page for developers, with the way to the others above it. */
export function DevelopersPage({ title, note, children }: Props) {
  const [location] = useLocation();
  return (
    <Page title={title} note={note}>
      <div className={styles["layout"]}>
        <nav aria-label={texts.forDevelopers} className={styles["side"]}>
          {pages().map(({ path, label }) => (
            <Link key={path} href={path} aria-current={isAt(location, path) ? "page" : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        {children}
      </div>
    </Page>
  );
}
