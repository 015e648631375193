import assert from "node:assert/strict";
import { test } from "node:test";

import { indentAfter } from "../../../../../ui/site/browser/your_norm/indent.js";

for (const [line, spaces] of [
  ["", 0],
  ["import numpy as np", 0],
  ["class BatchNorm:", 4],
  ["    def forward(self, Z):  # of a batch", 8],
  ["        return Y", 4],
  ["        returned = Y", 8],
  ["pass", 0],
  ["    mean = np.mean(", 8],
  ["    # a comment:", 4],
]) {
  test(`after ${JSON.stringify(line)} come ${spaces} spaces`, () => assert.equal(indentAfter(line), spaces));
}
