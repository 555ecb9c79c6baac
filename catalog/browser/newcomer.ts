import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

/** Somebody who has never seen the site: what they ask, what they type, and where they find the answer. */
interface Question {
  readonly question: string;
  readonly typed: string;
  /** The title of the result to open; the first one where nothing is said, with Enter. */
  readonly opens?: string;
  readonly go?: (visitor: Visitor) => Promise<void>;
  /** Where the answer stands, and what it says. */
  readonly at: string;
  readonly answer: readonly (string | RegExp)[];
}

const QUESTIONS: readonly Question[] = [
  {
    question: 'who consumes order.placed?',
    typed: 'order.placed',
    at: '#receivers',
    answer: ['Email Service', 'Inventory Service', 'Owner', 'Messaging Squad'],
  },
  {
    question: 'what changed from PointsEarned 1.0 to 2.0, and does it affect me?',
    typed: 'PointsEarned',
    go: (visitor) => visitor.jump('Versions'),
    at: '#versions',
    answer: ['expiresAt was added', 'Safe', 'Nobody in this catalog reads only 1.0'],
  },
  {
    question: 'who owns it and how do I reach them?',
    typed: 'order.placed',
    go: (visitor) => visitor.click('.facts a:has-text("Order Squad")'),
    at: 'main',
    answer: ['Order Squad', 'How to reach', 'order-squad@example.com'],
  },
  {
    question: 'how do I send one?',
    typed: 'place order',
    go: async (visitor) => {
      await visitor.jump('Example and code');
      await visitor.click('.aside summary:has-text("Send it")');
    },
    at: '.aside details[open]',
    answer: ['import', 'placeOrder'],
  },
  {
    question: 'what happens when payment fails?',
    typed: 'payment failed',
    opens: 'An order whose payment fails',
    at: '.lanes',
    answer: [/refuse|fail/i, /release/i],
  },
];

/**
 * Answers five questions from the home page by what a reader does: type into the search, press Enter, click. Prints the clicks, keys and
 * milliseconds of each. Throws where an answer is not in sight after one screen of scrolling at most.
 * @param pictures a folder for a screenshot of each answer
 */
export async function asNewcomer(
  browser: Browser,
  home: string,
  width: number,
  pictures: string | undefined,
): Promise<void> {
  const phone = width < 720;
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 900 },
    ...(phone && { hasTouch: true, isMobile: true }),
  });
  const page = await context.newPage();
  const faults: string[] = [];
  for (const [index, it] of QUESTIONS.entries()) {
    await page.goto(home);
    const visitor = new Visitor(page);
    const started = performance.now();
    try {
      await visitor.search(it.typed, it.opens);
      await it.go?.(visitor);
      await found(page.locator(it.at).first(), it.answer);
    } catch (error) {
      faults.push(`${it.question} ${error instanceof Error ? error.message : String(error)}`);
    }
    const took = Math.round(performance.now() - started);
    const { clicks, keys } = visitor;
    process.stdout.write(`      ${width} px: ${it.question} ${clicks} clicks, ${keys} keys, ${took} ms\n`);
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `question-${index + 1}-${width}.png`) });
  }
  await context.close();
  if (faults.length > 0) throw new Error(faults.join('\n      '));
}

async function found(place: Locator, answer: readonly (string | RegExp)[]): Promise<void> {
  await place.waitFor();
  const text = await place.innerText();
  const missing = answer.filter((it) => (typeof it === 'string' ? !text.includes(it) : !it.test(text)));
  if (missing.length > 0) throw new Error(`does not say ${missing.join(', ')}: ${text.slice(0, 400)}`);
  const screens = await place.evaluate((it) => it.getBoundingClientRect().top / innerHeight);
  if (screens > 2) throw new Error(`the answer is ${screens.toFixed(1)} screens further down`);
  await place.scrollIntoViewIfNeeded();
}

class Visitor {
  clicks = 0;
  keys = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async search(text: string, opens: string | undefined): Promise<void> {
    await this.click('main input[data-search]');
    await this.#page.keyboard.type(text);
    this.keys += text.length;
    const first = this.#page.locator('.found li').first();
    await first.waitFor();
    if (opens !== undefined) await this.click(`.found a:has-text("${opens}")`);
    else {
      await this.#page.keyboard.press('Enter');
      this.keys += 1;
    }
    await this.#page.locator('dialog[open]').waitFor({ state: 'detached' });
  }

  async click(selector: string): Promise<void> {
    await this.#page.locator(selector).first().click({ timeout: 10_000 });
    this.clicks += 1;
  }

  /** By the links to the sections of the page; what stands beside it needs none. */
  async jump(title: string): Promise<void> {
    const link = `.jump a:has-text("${title}")`;
    if (await this.#page.locator(link).isVisible()) await this.click(link);
  }
}
