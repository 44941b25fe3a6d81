import base from "./vite.config";

export default {
  ...base,
  test: { ...base.test, testTimeout: 120_000, include: ["bench/**/*.bench.tsx"] },
};
