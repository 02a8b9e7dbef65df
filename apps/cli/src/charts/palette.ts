/** A colour (`#rrggbb`) for each name, the same in every chart that it is handed to. */
export type Colours = Readonly<Record<string, string>>;

/**
 * Okabe and Ito's colours without the yellow, which white swallows, and five more. Any two stay apart (CIE76 16 or
 * more) as seen with normal, protan and deutan vision, simulated after Machado et al. (2009).
 */
const PALETTE = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#8800EE',
  '#662200',
  '#002288',
  '#8866EE',
] as const;

/**
 * Colours of the names: the fixed ones, and for others those of the palette that are still free, in order. They
 * repeat when there are more names than colours (11).
 */
export function coloursOf(names: readonly string[], fixed: Colours = {}): Colours {
  const taken = new Set(Object.values(fixed));
  const free = PALETTE.filter((colour) => !taken.has(colour));
  const usable = free.length > 0 ? free : PALETTE;
  const others = [...new Set(names)].filter((name) => !Object.hasOwn(fixed, name));
  const chosen = others.map((name, i) => [name, usable[i % usable.length] as string] as const);
  return { ...fixed, ...Object.fromEntries(chosen) };
}

/** Of what needs no telling apart. */
export const FIRST_COLOUR = PALETTE[0];
