"""The compiled event loop: arrays in, arrays out. `anlan_engine.simulate.play` asks it."""
