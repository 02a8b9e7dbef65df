/**
 * Copies of blocks of a matrix in the order in which the micro-kernel of `gemm` reads them: panels of `width` lines
 * side by side, for each of the `depth` steps the `width` floats of that step. Missing lines are zeros.
 * Line i, step p lies at i·lineStride + p·stepStride floats.
 */

/** One group of four lines of a panel that is `panelBytes` apart from step to step. */
// @ts-ignore: decorator
@inline
function packFour(to: usize, panelBytes: usize, x: usize, line: usize, step: usize, depth: usize): void {
  let p: usize = 0;
  if (line == 1) {
    for (const stepBytes = step << 2; p < depth; p++, x += stepBytes, to += panelBytes) {
      v128.store(to, v128.load(x));
    }
    return;
  }
  const x1 = line << 2;
  const x2 = x1 + x1;
  const x3 = x2 + x1;
  if (step == 1) {
    // Four by four floats, transposed.
    for (; p + 4 <= depth; p += 4, x += 16) {
      const a = v128.load(x);
      const b = v128.load(x + x1);
      const c = v128.load(x + x2);
      const d = v128.load(x + x3);
      const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
      to += panelBytes;
      v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7));
      to += panelBytes;
      v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
      to += panelBytes;
      v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
      to += panelBytes;
    }
  }
  const stepBytes = step << 2;
  for (; p < depth; p++, x += stepBytes, to += panelBytes) {
    store<f32>(to, load<f32>(x));
    store<f32>(to, load<f32>(x + x1), 4);
    store<f32>(to, load<f32>(x + x2), 8);
    store<f32>(to, load<f32>(x + x3), 12);
  }
}

/** Packs `lines` (1 to `width`) lines into one panel. `width` is a multiple of four. */
// @ts-ignore: decorator
@inline
export function packPanel(
  to: usize,
  width: usize,
  x: usize,
  lines: usize,
  line: usize,
  step: usize,
  depth: usize,
): void {
  const panelBytes = width << 2;
  let i: usize = 0;
  for (; i + 4 <= lines; i += 4) packFour(to + (i << 2), panelBytes, x + ((i * line) << 2), line, step, depth);
  for (; i < width; i++) {
    let at = to + (i << 2);
    let from = x + ((i * line) << 2);
    for (let p: usize = 0; p < depth; p++, at += panelBytes, from += step << 2) {
      store<f32>(at, i < lines ? load<f32>(from) : 0);
    }
  }
}
