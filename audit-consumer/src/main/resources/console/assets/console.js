import {proveInto} from "./proof.js";
import {Tail} from "./tail.js";

const BETWEEN_OVERVIEWS = 10_000;

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
  const filter = page.dataset.filter ?? "";
  const stream = new EventSource(`/api/v1/audit/stream?${filter}`);
  let first = true;
  stream.addEventListener("message", message => tail.add(message.data));
  stream.addEventListener("open", async () => {
    tail.isLive(true);
    // What was recorded between the page and the stream; later the stream goes on where it was.
    if (first) {
      first = false;
      const answer = await fetch(`/api/v1/audit/events?${filter}`);
      if (answer.ok) for (const event of (await answer.json()).items.reverse()) tail.add(JSON.stringify(event));
    }
  });
  stream.addEventListener("error", () => {
    tail.isLive(false);
    if (stream.readyState === EventSource.CLOSED) tail.ended();
  });
  setInterval(renewOverview, BETWEEN_OVERVIEWS);
}

async function renewOverview() {
  if (document.hidden) return;
  const answer = await fetch(`/console/overview?${page.dataset.query}`).catch(() => undefined);
  const focused = document.activeElement?.closest("#overview");
  if (!answer?.ok || answer.redirected || focused) return;
  const renewed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#overview");
  if (renewed) document.querySelector("#overview").replaceWith(renewed);
}

async function proveNewest() {
  const list = document.querySelector("#proof");
  const checkpoint = await (await fetch("/tlog/checkpoint")).text();
  const size = Number(checkpoint.split("\n")[1]);
  const events = await (await fetch("/api/v1/audit/events?limit=200")).json();
  const newest = events.items.find(event => event.sequence < size);
  if (newest) await proveInto(list, newest);
}

if (document.querySelector("#details")) showDetails();
if (page?.dataset.live === "true") follow();
document.querySelector("#verify")?.addEventListener("click", proveNewest);
