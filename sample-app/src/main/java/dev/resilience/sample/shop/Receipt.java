package dev.resilience.sample.shop;

/** The provider's word that a payment was made. */
record Receipt(String id) {}
