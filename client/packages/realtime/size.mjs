// What `.` and `./react` add to the first load of a page that uses all of both, minified and compressed by gzip, without
// socket.io-client and React. Fails above the limit: `npm run size`.
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const LIMIT = 14 * 1024;
const entries = ["index", "react/index"].map((name) =>
  fileURLToPath(new URL(`src/${name}.ts`, import.meta.url)),
);
const options = {
  external: [/^react/, /^socket\.io-client/],
  resolve: { extensionAlias: { ".js": [".ts", ".tsx", ".js"] } },
};

/** The code of a page that uses what these modules export; what is loaded later is apart. */
async function built(modules) {
  const page = "page.js";
  const text = modules.map(({ file, names }, at) => {
    const used = names.map((name) => `${name} as ${name}${at}`);
    return `import { ${used} } from ${JSON.stringify(file)}; globalThis.used${at} = [${names.map((name) => name + at)}];`;
  });
  const bundle = await rolldown({
    input: page,
    ...options,
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === page ? id : null),
        load: (id) => (id === page ? text.join("\n") : null),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true });
  return output;
}

const modules = await Promise.all(
  entries.map(async (file) => {
    const { output } = await (await rolldown({ input: file, ...options })).generate();
    return { file, names: output[0].exports };
  }),
);
const [first, ...later] = await built(modules);
const size = ({ code }) => gzipSync(code, { level: 9 }).length;
for (const chunk of later) console.log(`${size(chunk)} bytes later: ${chunk.name}`);
console.log(`${size(first)} bytes of ${LIMIT}: . and ./react`);
process.exitCode = size(first) > LIMIT ? 1 : 0;
