import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';

const target = document.getElementById('studio');
if (!target) throw new Error('The page has no element with the id studio; index.html must hold one');

try {
  mount(App, { target });
} catch (thrown) {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  target.setAttribute('role', 'alert');
  target.textContent = `Tapedeck could not start: ${message}. Reload the page; if that does not help, update the browser. The datasets in the library are as they were.`;
  throw thrown;
}
