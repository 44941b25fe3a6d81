/** How much of a long text's length is used. */
import { texts } from "./texts";
export function CharacterCount({ of, most }: { of: unknown; most: number }) {
  const length = Array.from(String(of ?? "").trim()).length;
  return (
    <p className="dim" style={{ fontSize: "0.875rem", marginTop: -12, textAlign: "right" }}>
      {texts.used(length, most)}
    </p>
  );
}
