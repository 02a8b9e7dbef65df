/** What acts by the parameters that it adopted last. */
export interface Actor {
  adopt(parameters: Float32Array): void;
}

/** The actor that all DUs share, and those of DUs that act by parameters of their own. */
export class OwnActors<A extends Actor> {
  private readonly own = new Map<string, A>();
  /** Whose DU shares the model again; their memory stays taken. */
  private readonly spare: A[] = [];

  /** @param create makes another actor like the one that is shared */
  constructor(
    readonly shared: A,
    private readonly create: () => A,
  ) {}

  /** Who acts for a DU. */
  of(nodeId: string): A {
    return this.own.get(nodeId) ?? this.shared;
  }

  /** A new model: all DUs share it. @throws {LearningError} parameters that do not fit or are not finite */
  adopt(parameters: Float32Array): void {
    this.shared.adopt(parameters);
    for (const nodeId of [...this.own.keys()]) this.share(nodeId);
  }

  /** The DU acts by parameters of its own. @throws {LearningError} as {@link adopt}; it acts as before then */
  adoptFor(nodeId: string, parameters: Float32Array): void {
    const actor = this.own.get(nodeId) ?? this.spare.pop() ?? this.create();
    try {
      actor.adopt(parameters);
    } catch (error) {
      if (this.own.get(nodeId) !== actor) this.spare.push(actor);
      throw error;
    }
    this.own.set(nodeId, actor);
  }

  /** The DU shares the model again. */
  share(nodeId: string): void {
    const actor = this.own.get(nodeId);
    if (actor === undefined) return;
    this.own.delete(nodeId);
    this.spare.push(actor);
  }
}
