import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { MoonIcon, SunIcon } from "../base/icons";
import { texts } from "./texts";

/** Switches between light and dark; before the first use the system decides. */
export function SchemeToggle({ className }: { className: string }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "light" ? "dark" : "light";
  return (
    <button
      type="button"
      className={className}
      aria-label={texts.useColours(other === "dark")}
      onClick={() => setColorScheme(other)}
    >
      {scheme === "light" ? <MoonIcon /> : <SunIcon />}
    </button>
  );
}
