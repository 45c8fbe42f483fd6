import type { Attachment } from 'svelte/attachments';

/** Whether dialogs lie over the page. It cannot be reached then, from the moment on in which they are there. */
class Cover {
  readonly #dialogs = new Set<Element>();
  #isOn = $state.raw(false);

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Resolves once the page has been drawn without a dialog over it: it can have the focus again. */
  async uncovered(): Promise<void> {
    do await new Promise(requestAnimationFrame);
    while (this.#isOn);
  }

  readonly spread: Attachment = (dialog) => {
    this.#dialogs.add(dialog);
    this.#isOn = true;
    return () => {
      this.#dialogs.delete(dialog);
      this.#isOn = this.#dialogs.size > 0;
    };
  };
}

export const cover = new Cover();
