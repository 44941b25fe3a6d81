import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXTS = /\.(js|css|html|svg|json)$/;
// Below that the headers are most of what is sent.
const FEWEST_BYTES = 1_000;

/** Writes each text of the build once more in the encodings that browsers take, as small as they get: the server
 * sends what is there, and compresses nothing itself. */
export const compressed = (): Plugin => {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ build }) => {
      folder = build.outDir;
    },
    closeBundle: async () => {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(
        names.filter((name) => TEXTS.test(name)).map((name) => compress(join(folder, name))),
      );
    },
  };
};

const compress = async (path: string): Promise<void> => {
  const text = await readFile(path);
  if (text.length < FEWEST_BYTES) {
    return;
  }
  const brotli = promisify(brotliCompress)(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
  await writeFile(`${path}.br`, await brotli);
  await writeFile(
    `${path}.gz`,
    await promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
  );
};
