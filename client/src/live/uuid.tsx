import { RandomText } from "./random-text";

export default function UuidPage() {
  return <RandomText event="uuid" title="Random UUID" />;
}
