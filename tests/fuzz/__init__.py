"""The readers, and what is thrown at them: by hypothesis in the tests, by a coverage-guided fuzzer in ``make fuzz``."""
