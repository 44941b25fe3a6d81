import { createTheme, defaultVariantColorsResolver } from "@mantine/core";
import type { CSSVariablesResolver, MantineColorsTuple } from "@mantine/core";
import { filter } from "./select-options";
import { texts } from "./texts";

const gray: MantineColorsTuple = [
  "#faf9f6",
  "#f5f3ee",
  "#edeae2",
  "#dcd8cd",
  "#c4bfb1",
  "#8d897e",
  "#6b6962",
  "#575b5f",
  "#35393d",
  "#15181b",
];

const dark: MantineColorsTuple = [
  "#f0f2ea",
  "#d0d5d1",
  "#a9b0ad",
  "#8b9391",
  "#3d454a",
  "#2f363b",
  "#1d2225",
  "#191d20",
  "#101315",
  "#0b0d0e",
];

/** What is ticked, in both schemes. */
const marked = { color: "var(--action)", iconColor: "var(--action-ink)" };

/** The title of a dialog is no banner of the page, however many dialogs there are. */
const plainHeader = { header: { role: "presentation" } };

/** In the language of now. Colours come from tokens.css, which knows the two schemes; these say which token goes where. */
export const makeTheme = () =>
  createTheme({
    colors: { gray, dark },
    primaryColor: "gray",
    primaryShade: { light: 9, dark: 0 },
    fontFamily: "var(--font-body)",
    headings: { fontFamily: "var(--font-display)" },
    defaultRadius: "var(--radius-small)",
    fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.375rem" },
    variantColorResolver: (input) => {
      const colors = defaultVariantColorsResolver(input);
      const danger = input.color === "danger";
      switch (input.variant) {
        case "filled":
          return {
            ...colors,
            background: danger ? "var(--danger)" : "var(--action)",
            hover: danger ? "var(--danger)" : "var(--action-hover)",
            color: danger ? "var(--surface)" : "var(--action-ink)",
            border: "1px solid transparent",
          };
        case "subtle":
          return {
            ...colors,
            background: "transparent",
            hover: danger ? "var(--danger-soft)" : "var(--surface-2)",
            color: danger ? "var(--danger)" : "var(--ink)",
          };
        default:
          return colors;
      }
    },
    // Named, not imported: what opens later must not be part of the first load.
    components: {
      Button: { defaultProps: { variant: "filled" } },
      Checkbox: { defaultProps: marked },
      Radio: { defaultProps: marked },
      ActionIcon: { defaultProps: { variant: "subtle", size: "lg" } },
      Combobox: { defaultProps: { shadow: "md" } },
      Autocomplete: { defaultProps: { filter } },
      Select: { defaultProps: { filter } },
      Alert: { defaultProps: { variant: "default" } },
      Drawer: { defaultProps: { position: "right", attributes: plainHeader } },
      Menu: { defaultProps: { shadow: "md" } },
      Modal: { defaultProps: { centered: true, attributes: plainHeader } },
      Notification: { defaultProps: { closeButtonProps: { "aria-label": texts.dismiss } } },
    },
  });

const shared = {
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-2)",
  "--mantine-color-placeholder": "var(--ink-2)",
  "--mantine-color-anchor": "var(--ink)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--surface-2)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--action)",
  "--mantine-primary-color-filled-hover": "var(--action-hover)",
  "--mantine-primary-color-contrast": "var(--action-ink)",
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
