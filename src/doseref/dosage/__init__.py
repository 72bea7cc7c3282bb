"""The sig language: text → tokens → grammar → :class:`~doseref.dosage.model.Dosage`."""
