import { defineConfig } from 'chirograph';
import { eventList } from './event-list.ts';

export default defineConfig({ generators: ['types', eventList] });
