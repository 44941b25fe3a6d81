import { RandomText } from "./random-text";

export default function HexPage() {
  return <RandomText event="hex" title="Random HEX" />;
}
