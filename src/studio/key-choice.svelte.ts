const key = 'tapedeck.single-keys';

/** Whether single keys do something anywhere on the page; who speaks to the computer may not want it. The choice is kept on this machine. */
class KeyChoice {
  #isOn = $state.raw(remembered());

  get isOn(): boolean {
    return this.#isOn;
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    try {
      localStorage.setItem(key, isOn ? 'on' : 'off');
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

export const keyChoice = new KeyChoice();
