"""The API of the shop: products and orders."""

import os

import psycopg2
import redis
from flask import Flask, jsonify

app = Flask(__name__)
queue = redis.Redis(host=os.environ.get("REDIS_HOST", "redis"))


def connect():
    return psycopg2.connect(os.environ["DATABASE_URL"])


@app.get("/healthz")
def healthz():
    return "ok\n"


@app.get("/products")
def products():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, name, price FROM products ORDER BY name")
        return jsonify([{"id": i, "name": n, "price": p} for i, n, p in cursor])


@app.post("/orders/<int:product>")
def order(product):
    queue.rpush("payments", product)
    return "accepted\n", 202
