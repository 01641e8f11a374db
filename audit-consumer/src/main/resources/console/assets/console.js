import {proveInto} from "./proof.js";
import {Tail} from "./tail.js";

const BETWEEN_OVERVIEWS = 10_000;
const BETWEEN_STREAMS = 5_000;

document.documentElement.classList.add("scripted");

const page = document.querySelector("#content");

function showDetails() {
  const details = document.querySelector("#details");
  const proof = document.querySelector("#details-proof");
  const subject = document.querySelector("#details-subject");
  let shown;
  document.querySelector("#tail").addEventListener("click", click => {
    const row = click.target.closest(".more button")?.closest("tr");
    if (!row) return;
    shown = JSON.parse(row.dataset.json);
    document.querySelector("#details-title").textContent = `${shown.type} #${shown.sequence}`;
    document.querySelector("#details-json").textContent = JSON.stringify(shown, null, 2);
    subject.hidden = !shown.subject;
    subject.href = `/?subject=${encodeURIComponent(shown.subject ?? "")}`;
    proof.replaceChildren();
    details.showModal();
  });
  document.querySelector("#details-close").addEventListener("click", () => details.close());
  document.querySelector("#details-verify").addEventListener("click", () => proveInto(proof, shown));
}

function follow() {
  const tail = new Tail(document.querySelector("#tail"), document.querySelector("#state"), document.querySelector("#pause"));
  listen(tail, page.dataset.filter ?? "");
  setInterval(renewOverview, BETWEEN_OVERVIEWS);
}

function listen(tail, filter) {
  const stream = new EventSource(`/api/v1/audit/stream?${filter}`);
  let before;
  stream.addEventListener("open", () => {
    tail.isLive(true);
    // What was recorded before this stream comes first; later the stream goes on where it was.
    before ??= addRecorded(tail, filter);
  });
  stream.addEventListener("message", async message => {
    await before;
    tail.add(message.data);
  });
  stream.addEventListener("error", () => {
    tail.isLive(false);
    if (stream.readyState === EventSource.CLOSED) listenAgain(tail, filter);
  });
}

async function addRecorded(tail, filter) {
  const answer = await fetch(`/api/v1/audit/events?limit=200&${filter}`).catch(() => undefined);
  if (answer?.ok) for (const event of (await answer.json()).items.reverse()) tail.add(JSON.stringify(event));
}

/** A browser does so by itself, but not after an answer that is no stream, such as of a proxy. */
async function listenAgain(tail, filter) {
  const answer = await fetch("/api/v1/audit/events?limit=1").catch(() => undefined);
  if (answer?.status === 401) tail.ended();
  else setTimeout(() => listen(tail, filter), BETWEEN_STREAMS);
}

async function renewOverview() {
  if (document.hidden) return;
  const answer = await fetch(`/console/overview?${page.dataset.query}`).catch(() => undefined);
  const focused = document.activeElement?.closest("#overview");
  if (!answer?.ok || answer.redirected || focused) return;
  const renewed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#overview");
  if (renewed) document.querySelector("#overview").replaceWith(renewed);
}

/** The newest event that was signed when the page was made. */
async function proveNewest() {
  const list = document.querySelector("#proof");
  const cursor = document.querySelector("#verify").dataset.cursor;
  const answer = await fetch(`/api/v1/audit/events?limit=1&cursor=${cursor}`).catch(() => undefined);
  if (answer?.ok) await proveInto(list, (await answer.json()).items[0]);
  else list.replaceChildren("The newest event could not be had: open this page again.");
}

if (document.querySelector("#details")) showDetails();
if (page?.dataset.live === "true") follow();
document.querySelector("#verify")?.addEventListener("click", proveNewest);
