/** From the bytes of a file to text, whatever program saved it. Pure. */

/** The names of encodings are those of `TextDecoder`. */
export const encodings = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, big endian",
  "windows-1252": "Windows-1252",
  macintosh: "Mac Roman",
} as const;

export type Encoding = keyof typeof encodings;

export interface Decoded {
  text: string;
  encoding: Encoding;
}

/** The text without a byte order mark, in the encoding that is said, or else in the one it must have. */
export function decode(bytes: Uint8Array, said?: Encoding): Decoded {
  const encoding = said ?? encodingOf(bytes);
  const decoder = new TextDecoder(encoding);
  // In two steps: in one, some versions of Node take Windows-1252 for Latin 1.
  const text = decoder.decode(bytes, { stream: true });
  return { text: text + decoder.decode(), encoding };
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return unmarkedUtf16(bytes.subarray(0, 1_000)) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252");
}

/** Every other byte of most texts in UTF-16 is zero, and no other text has zeros. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const zeros: [number, number] = [0, 0];
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[(at % 2) as 0 | 1] += 1;
  });
  if (Math.max(...zeros) < bytes.length / 5) return null;
  return zeros[1] > zeros[0] ? "utf-16le" : "utf-16be";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
