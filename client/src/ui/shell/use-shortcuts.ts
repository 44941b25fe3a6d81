import { useHotkeys, useLocalStorage } from "@mantine/hooks";
import { useLocation } from "wouter";

/** Single keys can be switched off: they get in the way of speech input. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useLocalStorage({
    key: "spotter.single-keys",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [on, setOn];
}

interface Actions {
  onSearch: () => void;
  onHelp: () => void;
  /** The pages that the number keys lead to. */
  pages: readonly string[];
}

/** The keys that work everywhere. */
export function useShortcuts({ onSearch, onHelp, pages }: Actions): void {
  const [location, navigate] = useLocation();
  const [on] = useSingleKeys();
  const single: [string, () => void][] = [
    ["?", onHelp],
    ["shift+?", onHelp],
    ["/", () => document.querySelector<HTMLInputElement>("main search input")?.focus()],
    ["n", () => navigate(newPath(location))],
    ...pages.map((path, at): [string, () => void] => [String(at + 1), () => navigate(path)]),
  ];
  // From within a form, too.
  useHotkeys([["mod+K", onSearch]], []);
  useHotkeys(on ? single : []);
}

function newPath(location: string): string {
  const section = /^\/(coaches|plans|moves)/.exec(location)?.[1] ?? "classes";
  // Under a new class the timetable stays as it is.
  const kept = location === "/" ? window.location.search : "";
  return `/${section}/new${kept}`;
}
