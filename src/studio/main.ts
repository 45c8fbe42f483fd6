import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';

const target = document.getElementById('studio');
if (!target) throw new Error('The page has no element with the id studio; index.html must hold one');

mount(App, { target });
