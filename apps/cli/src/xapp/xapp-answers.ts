/** What the API answers about an xApp, as far as it is shown. */
export interface XAppAnswer {
  readonly name: string;
  readonly version: string;
  readonly state: string;
  readonly cause?: string;
  readonly config: object;
  readonly priority?: number;
  readonly previous?: { readonly version: string };
  readonly onTrial: boolean;
  readonly note?: string;
  readonly instances: readonly {
    /** Of one life of a process. */
    readonly instance: string;
    readonly version: string;
    readonly role: string;
    readonly pid?: number;
    readonly restarts: number;
    readonly memoryMiB?: number;
    readonly cause?: string;
  }[];
}

/** An onboarded version. */
export interface PackageAnswer {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly builtin: boolean;
  readonly onboardedAtMs: number;
}
