/** The operations on Vars. Each records itself, with the way its gradient goes back, on the tape of its inputs. */
export { activate, type Activation, exp, log, relu, sigmoid, tanh } from './activations.js';
export { add, affine, clip, div, maximum, mean, minimum, mul, scale, square, sub } from './arithmetic.js';
export { dense, matmul, type MatmulOptions } from './linear.js';
export { broadcast, columnSums, rowSums, sum } from './reductions.js';
export { segmentRepeat, segments, type Segments, segmentSoftmax, segmentSum, softmax } from './segments.js';
export {
  assemble,
  concatColumns,
  padColumns,
  type Piece,
  reshape,
  sliceColumns,
  sliceRows,
  stopGradient,
  view,
  zeros,
} from './shape.js';
