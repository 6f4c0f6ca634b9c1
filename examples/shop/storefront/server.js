// The storefront: lists products, and hands orders to the API.
import { createServer } from "node:http";

const api = process.env.API_URL ?? "http://api:8000";

createServer(async (request, response) => {
  if (request.url === "/healthz") {
    response.writeHead(200).end("ok\n");
    return;
  }
  const answer = await fetch(`${api}/products`);
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(await answer.text());
}).listen(3000);
