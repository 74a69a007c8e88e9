"""An attacker who reads everything that a workshop publishes, and works out what few people answered."""
