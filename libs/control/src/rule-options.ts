/** What a rule is made with. */
export interface RuleOptions {
  /** For the rules that draw; give each DU its own. */
  readonly seed: number;
}
