// Rows of events as they are recorded. Rows are drawn a few times a second at most, and never more
// than can be read, so that any number of events a second costs the same.
const MOST_ROWS = 100;
const BETWEEN_DRAWINGS = 250;

const template = document.querySelector("#row")?.content.firstElementChild;

export function row(event, json) {
  const drawn = template.cloneNode(true);
  drawn.dataset.sequence = event.sequence;
  drawn.dataset.json = json;
  drawn.className = event.outcome ?? "";
  const time = drawn.querySelector("time");
  time.dateTime = event.time;
  time.textContent = event.time.slice(0, 19).replace("T", " ");
  drawn.querySelector(".type").textContent = event.type;
  drawn.querySelector(".outcome span").textContent = event.outcome ?? "";
  drawn.querySelector(".outcome small").textContent = event.reason ?? event.data.rule ?? event.data.action ?? "";
  drawn.querySelector(".who").textContent = event.email_masked ?? event.user_id ?? "";
  drawn.querySelector(".ip").textContent = event.ip ?? "";
  if (event.link_id) {
    const link = document.createElement("a");
    link.href = `/console/links/${encodeURIComponent(event.link_id)}`;
    link.textContent = "timeline";
    drawn.querySelector(".link").append(link);
  }
  drawn.querySelector("button").textContent = `#${event.sequence}`;
  return drawn;
}

/** Newest first in a table's body. */
export class Tail {
  #body;
  #state;
  #pause;
  #waiting = [];
  #newest;
  #missed = 0;
  #paused = false;
  #live = false;
  #over = false;
  #seconds = [];

  constructor(table, state, pause) {
    this.#body = table.tBodies[0];
    this.#state = state;
    this.#pause = pause;
    this.#newest = Number(this.#body.rows[0]?.dataset.sequence ?? -1);
    pause.addEventListener("click", () => this.#turn());
    setInterval(() => requestAnimationFrame(() => this.#draw()), BETWEEN_DRAWINGS);
    setInterval(() => this.#say(), 1000);
  }

  /** Those that are there already are left out. */
  add(json) {
    const event = JSON.parse(json);
    if (event.sequence <= this.#newest) return;
    this.#newest = event.sequence;
    this.#waiting.push({event, json});
    this.#seconds.push(performance.now());
    if (this.#waiting.length > MOST_ROWS) {
      this.#waiting.shift();
      this.#missed++;
    }
  }

  isLive(live) {
    this.#live = live;
    this.#say();
  }

  ended() {
    this.#live = false;
    this.#state.textContent = "Signed out. ";
    const link = document.createElement("a");
    link.href = "/console/sign-in";
    link.textContent = "Sign in again";
    this.#state.append(link);
    this.#over = true;
  }

  #turn() {
    this.#paused = !this.#paused;
    this.#pause.textContent = this.#paused ? "Go on" : "Pause";
    this.#say();
  }

  #draw() {
    if (this.#paused || this.#waiting.length === 0) return;
    const drawn = new DocumentFragment();
    for (const {event, json} of this.#waiting.reverse()) drawn.append(row(event, json));
    this.#waiting = [];
    this.#missed = 0;
    document.querySelector("#none")?.remove();
    this.#body.prepend(drawn);
    while (this.#body.rows.length > MOST_ROWS) this.#body.lastElementChild.remove();
  }

  #say() {
    if (this.#over) return;
    const since = performance.now() - 5000;
    this.#seconds = this.#seconds.filter(time => time > since);
    const rate = Math.round(this.#seconds.length / 5);
    const waiting = this.#waiting.length + this.#missed;
    let words = this.#live ? `live, ${rate} events a second` : "connecting";
    if (this.#paused) words = `paused, ${waiting} new`;
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }
}
